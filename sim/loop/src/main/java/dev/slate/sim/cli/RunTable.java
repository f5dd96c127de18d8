package dev.slate.sim.cli;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import dev.slate.data.InputException;
import dev.slate.sim.ItemCatalog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A table in the folder of a run, read row by row. Errors name the line. */
final class RunTable {
  private final Path file;
  private List<String> header = List.of();

  /**
   * Names a table.
   *
   * @param folder of the run
   * @param name of the table
   */
  RunTable(Path folder, String name) {
    this.file = folder.resolve(name);
  }

  /**
   * Reads all rows.
   *
   * @throws InputException if there is no such file, it is no table, or a row has no such column
   */
  void forEach(Consumer<Row> reader) {
    if (!Files.exists(file)) {
      throw new InputException(file.toString(), "there is no such file: " + remedy());
    }
    try (CsvReader<CsvRecord> records = CsvReader.builder().ofCsvRecord(file)) {
      for (CsvRecord cells : records) {
        if (header.isEmpty()) {
          header = cells.getFields();
        } else {
          reader.accept(new Row(cells));
        }
      }
    } catch (IOException | UncheckedIOException e) {
      throw new InputException(file.toString(), "cannot be read: " + e.getMessage(), e);
    } catch (CsvParseException e) {
      throw new InputException(file.toString(), "is not a CSV file: " + e.getMessage(), e);
    }
  }

  /** What somebody who names this folder may have meant. */
  private String remedy() {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      return "name the folder of a run";
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(each -> Files.exists(each.resolve(file.getFileName())))
          .sorted()
          .findFirst()
          .map(run -> "a comparison has a folder for each selector, such as " + run.getFileName())
          .orElse("--every 0 leaves it out");
    } catch (IOException e) {
      return "the folder cannot be read";
    }
  }

  /** A row. */
  final class Row {
    private final CsvRecord cells;

    private Row(CsvRecord cells) {
      this.cells = cells;
    }

    /** The cell of a column. */
    String text(String column) {
      int place = header.indexOf(column);
      if (place < 0 || place >= cells.getFieldCount()) {
        throw damage("there is no " + column);
      }
      return cells.getField(place);
    }

    /** Whether the cell of a column is a number as this program writes it. */
    boolean is(String column, int number) {
      return text(column).equals(Integer.toString(number));
    }

    /** The number in the cell of a column. */
    float number(String column) {
      String text = text(column);
      try {
        return Float.parseFloat(text);
      } catch (NumberFormatException e) {
        throw damage("'" + text + "' is not a number", e);
      }
    }

    /** The ordinal in the column {@code item}. */
    int item(ItemCatalog catalog) {
      String text = text("item");
      try {
        int item = Integer.parseInt(text);
        if (item >= 0 && item < catalog.size()) {
          return item;
        }
      } catch (NumberFormatException e) {
        throw damage("'" + text + "' is not the ordinal of an item", e);
      }
      throw damage("there is no item " + text + " among " + catalog.size() + " items");
    }

    private InputException damage(String problem) {
      return damage(problem, null);
    }

    private InputException damage(String problem, @Nullable Exception cause) {
      return new InputException(file.toString(), problem, cause)
          .onLine(cells.getStartingLineNumber());
    }
  }
}
