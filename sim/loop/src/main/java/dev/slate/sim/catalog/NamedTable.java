package dev.slate.sim.catalog;

import de.siegmar.fastcsv.reader.CommentStrategy;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import dev.slate.data.InputException;
import dev.slate.data.OtherFormats;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A CSV file with a header, some columns of text, and attributes: {@code items.csv} and {@code
 * users.csv} as a run writes them, and what people write in their way. UTF-8, or UTF-16 with its
 * mark. Columns that count rows ({@code item}, {@code user}, {@code id}) are left out.
 *
 * @param attributes names of the columns of numbers
 * @param names cells of the column of names; empty where there is none
 * @param authors cells of the column of authors; empty where there is none
 * @param rows n x d numbers, row by row
 */
public record NamedTable(
    List<String> attributes, List<String> names, List<String> authors, float[] rows) {
  private static final String NAME = "name";
  private static final String AUTHOR = "author";
  private static final Set<String> COUNTERS = Set.of("item", "user", "id", "gamer");

  /** Number of rows. */
  public int size() {
    return attributes.isEmpty() ? 0 : rows.length / attributes.size();
  }

  /** Whether a file is a CSV whose header has a column {@code name} or {@code author}. */
  static boolean hasNames(String file) {
    List<String> header = header(file);
    return header.contains(NAME) || header.contains(AUTHOR);
  }

  /**
   * Whether a file is a CSV that says who made its items.
   *
   * @param file its name
   * @return whether its header has a column {@code author}
   */
  public static boolean hasAuthors(String file) {
    return header(file).contains(AUTHOR);
  }

  /** Cells of the first line; bytes that are not UTF-8 are left to who reads the rest. */
  private static List<String> header(String file) {
    if (!file.toLowerCase(java.util.Locale.ROOT).endsWith(".csv")) {
      return List.of();
    }
    try (CsvReader<CsvRecord> reader = reader(file, CodingErrorAction.REPLACE)) {
      for (CsvRecord header : reader) {
        return heads(header);
      }
      return List.of();
    } catch (UncheckedIOException | IOException | CsvParseException | InvalidPathException e) {
      return List.of();
    }
  }

  /**
   * Reads a file.
   *
   * @throws InputException if it cannot be read or holds what is no finite number, naming row,
   *     column and line
   */
  public static NamedTable read(String file) {
    try (CsvReader<CsvRecord> reader = reader(file, CodingErrorAction.REPORT)) {
      List<String> header = List.of();
      List<Integer> columns = new ArrayList<>();
      List<String> names = new ArrayList<>();
      List<String> authors = new ArrayList<>();
      List<float[]> rows = new ArrayList<>();
      for (CsvRecord line : reader) {
        List<String> cells = line.getFields();
        if (header.isEmpty()) {
          header = heads(line);
          columns = attributeColumns(file, header);
          continue;
        }
        if (cells.size() != header.size()) {
          throw new InputException(file, cells.size() + " cells under a header of " + header.size())
              .atRow(rows.size())
              .onLine(line.getStartingLineNumber());
        }
        for (int c = 0; c < cells.size(); c++) {
          if (header.get(c).equals(NAME)) {
            names.add(cells.get(c));
          } else if (header.get(c).equals(AUTHOR)) {
            authors.add(cells.get(c));
          }
        }
        rows.add(numbers(file, cells, columns, rows.size(), line.getStartingLineNumber()));
      }
      if (rows.isEmpty()) {
        throw new InputException(file, "has no rows");
      }
      List<String> heads = header;
      return new NamedTable(
          columns.stream().map(heads::get).toList(), names, authors, flat(rows, columns.size()));
    } catch (UncheckedIOException e) {
      throw unreadable(file, e.getCause());
    } catch (IOException e) {
      throw unreadable(file, e);
    } catch (CsvParseException e) {
      throw new InputException(file, "is not a CSV file: " + e.getMessage(), e);
    }
  }

  /** Names and authors that differ in bytes that are no text would become one. */
  private static InputException unreadable(String file, @Nullable IOException e) {
    return e instanceof MalformedInputException
        ? new InputException(file, "has bytes that are not " + charset(Path.of(file)), e)
        : new InputException(
            file, "cannot be read: " + (e == null ? "no reason is known" : e.getMessage()), e);
  }

  /** The cells of the first record, without the mark that spreadsheets begin a file with. */
  private static List<String> heads(CsvRecord first) {
    List<String> heads = new ArrayList<>(first.getFields());
    heads.replaceAll(head -> head.startsWith("\ufeff") ? head.substring(1) : head);
    return heads;
  }

  private static CsvReader<CsvRecord> reader(String file, CodingErrorAction malformed)
      throws IOException {
    Path path = Path.of(file);
    if (!Files.isReadable(path)) {
      throw new InputException(file, "there is no such file");
    }
    OtherFormats.refuse(file);
    return CsvReader.builder()
        .commentStrategy(CommentStrategy.NONE)
        .ofCsvRecord(
            new InputStreamReader(
                Files.newInputStream(path),
                charset(path).newDecoder().onMalformedInput(malformed)));
  }

  /** UTF-16 if the mark of either byte order says so, else UTF-8. */
  private static Charset charset(Path path) {
    try (InputStream in = Files.newInputStream(path)) {
      byte[] mark = in.readNBytes(2);
      boolean utf16 = mark.length == 2 && (mark[0] & mark[1] & 0xfe) == 0xfe && mark[0] != mark[1];
      return utf16 ? StandardCharsets.UTF_16 : StandardCharsets.UTF_8;
    } catch (IOException e) {
      return StandardCharsets.UTF_8; // Whoever reads it says more.
    }
  }

  private static List<Integer> attributeColumns(String file, List<String> header) {
    Set<String> seen = new HashSet<>();
    List<Integer> columns = new ArrayList<>();
    for (int c = 0; c < header.size(); c++) {
      String head = header.get(c);
      if (!seen.add(head)) {
        throw new InputException(file, "the header has two columns " + head).atColumn(c);
      }
      if (!head.equals(NAME) && !head.equals(AUTHOR) && !COUNTERS.contains(head)) {
        columns.add(c);
      }
    }
    if (columns.isEmpty()) {
      throw new InputException(file, "the header names no attribute");
    }
    return columns;
  }

  private static float[] numbers(
      String file, List<String> cells, List<Integer> columns, int row, long line) {
    float[] numbers = new float[columns.size()];
    for (int j = 0; j < numbers.length; j++) {
      String cell = cells.get(columns.get(j)).strip();
      try {
        numbers[j] = Float.parseFloat(cell);
      } catch (NumberFormatException e) {
        numbers[j] = Float.NaN;
      }
      if (!Float.isFinite(numbers[j])) {
        throw new InputException(file, "'" + cell + "' is not a finite number")
            .atRow(row)
            .atColumn(columns.get(j))
            .onLine(line);
      }
    }
    return numbers;
  }

  private static float[] flat(List<float[]> rows, int d) {
    float[] flat = new float[Math.multiplyExact(rows.size(), d)];
    for (int i = 0; i < rows.size(); i++) {
      System.arraycopy(rows.get(i), 0, flat, i * d, d);
    }
    return flat;
  }
}
