package dev.slate.data.cli;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import dev.slate.data.InputException;
import dev.slate.data.ReadOptions;
import dev.slate.data.format.FileSpec;
import dev.slate.data.format.Formats;
import dev.slate.data.format.RowSource;
import dev.slate.kernel.Index;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The neighbours of each query, in the order of the queries: a table of ordinals whose rows may end
 * in -1, lists of different lengths, or answers as CSV.
 */
interface NeighbourLists extends AutoCloseable {
  /** The neighbours of the next query; null after the last, where the file tells which that is. */
  long @Nullable [] next();

  /** Length of the longest list, or {@link Integer#MAX_VALUE} where that is not known. */
  int longest();

  @Override
  void close();

  /**
   * Opens a file of any of these kinds.
   *
   * @param spec its name
   * @param ids names of the items, as CSV answers give them; none where those are the index's ids
   * @param index whose ids CSV answers give; those are ordinals where the caller gave it none
   */
  static NeighbourLists open(String spec, List<String> ids, Index index) {
    FileSpec location = FileSpec.ofInput(spec);
    return switch (location.ending()) {
      case CSV, TSV -> new Answers(location.requireReadable(), ids, index);
      case IVECS -> new Lists(spec, new IvecsReader(location.requireReadable()));
      default -> new Table(spec, Formats.open(location, ReadOptions.DEFAULT));
    };
  }

  /** Rows of one length. */
  final class Table implements NeighbourLists {
    private final String spec;
    private final RowSource rows;
    private int row;

    Table(String spec, RowSource rows) {
      this.spec = spec;
      this.rows = rows;
    }

    @Override
    public int longest() {
      return rows.dimensions();
    }

    @Override
    public long @Nullable [] next() {
      if (row == rows.size()) {
        return null;
      }
      long[] list = new long[rows.dimensions()];
      try {
        rows.readIntegers(row, 1, list, 0);
      } catch (UnsupportedOperationException e) {
        throw new InputException(spec, "holds " + rows.type() + ", not ordinals", e);
      }
      row++;
      int length = list.length;
      while (length > 0 && list[length - 1] == -1) {
        length--;
      }
      return Arrays.copyOf(list, length);
    }

    @Override
    public void close() {
      rows.close();
    }
  }

  /** Rows that each say how long they are. */
  final class Lists implements NeighbourLists {
    private final String spec;
    private final IvecsReader rows;

    Lists(String spec, IvecsReader rows) {
      this.spec = spec;
      this.rows = rows;
    }

    @Override
    public int longest() {
      return Integer.MAX_VALUE;
    }

    @Override
    public long @Nullable [] next() {
      int[] row = rows.next();
      return row == null ? null : Arrays.stream(row).asLongStream().toArray();
    }

    @Override
    public void close() {
      rows.close();
    }

    @Override
    public String toString() {
      return spec;
    }
  }

  /**
   * Lines of query, rank and item, in the order of queries and ranks. A query without an answer has
   * no line, so that it is not known how many queries there were: there is a list for each.
   */
  final class Answers implements NeighbourLists {
    private final String spec;
    private final CsvReader<NamedCsvRecord> reader;
    private final Iterator<NamedCsvRecord> records;
    private final Map<String, Integer> ordinals = new HashMap<>();
    private final Index index;
    private @Nullable NamedCsvRecord ahead;
    private long query;

    Answers(FileSpec location, List<String> ids, Index index) {
      this.spec = location.spec();
      this.index = index;
      for (int i = 0; i < ids.size(); i++) {
        ordinals.putIfAbsent(ids.get(i), i);
      }
      this.reader =
          CsvReader.builder()
              .fieldSeparator(location.ending().delimiter())
              .detectBomHeader(true)
              .ofNamedCsvRecord(Formats.bytes(location));
      this.records = reader.iterator();
      this.ahead = read();
    }

    private @Nullable NamedCsvRecord read() {
      try {
        return records.hasNext() ? records.next() : null;
      } catch (CsvParseException e) {
        throw new InputException(spec, "is not well-formed: " + e.getMessage(), e);
      } catch (UncheckedIOException e) {
        throw new InputException(spec, "cannot be read: " + e.getMessage(), e);
      }
    }

    @Override
    public int longest() {
      return Integer.MAX_VALUE;
    }

    @Override
    public long[] next() {
      long[] list = new long[16];
      int length = 0;
      while (ahead != null && number(ahead, "query") == query) {
        if (length == list.length) {
          list = Arrays.copyOf(list, 2 * length);
        }
        list[length++] = item(ahead);
        ahead = read();
      }
      if (ahead != null && number(ahead, "query") < query) {
        throw new InputException(spec, "the queries are not in order")
            .onLine(ahead.getStartingLineNumber());
      }
      query++;
      return Arrays.copyOf(list, length);
    }

    private long item(NamedCsvRecord record) {
      if (ordinals.isEmpty() && index.idBytes() == 0) {
        return number(record, "item");
      }
      String name = record.findField("item").orElse("");
      int ordinal = ordinals.isEmpty() ? ordinalOfId(name) : ordinals.getOrDefault(name, -1);
      if (ordinal < 0) {
        throw new InputException(spec, "no item is named '" + name + "'")
            .onLine(record.getStartingLineNumber());
      }
      return ordinal;
    }

    private int ordinalOfId(String id) {
      try {
        return index.ordinal(Long.parseLong(id));
      } catch (NumberFormatException e) {
        return -1;
      }
    }

    private long number(NamedCsvRecord record, String column) {
      String cell =
          record
              .findField(column)
              .orElseThrow(
                  () ->
                      new InputException(
                          spec, "answers have the columns query and item, but one is missing"));
      if (!cell.matches("\\d{1,10}")) {
        throw new InputException(spec, "'" + cell + "' is not a number of a row")
            .onLine(record.getStartingLineNumber());
      }
      return Long.parseLong(cell);
    }

    @Override
    public void close() {
      try {
        reader.close();
      } catch (IOException e) {
        throw new InputException(spec, "cannot be read: " + e.getMessage(), e);
      }
    }
  }
}
