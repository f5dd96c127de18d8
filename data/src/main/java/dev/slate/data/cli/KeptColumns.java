package dev.slate.data.cli;

import dev.slate.data.InputException;
import dev.slate.data.MemeCatalog;
import dev.slate.data.ReadOptions;
import dev.slate.data.VectorStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * Columns of text beside vectors: names, authors. Each is read by a stream of its own, in step with
 * that of the vectors.
 */
final class KeptColumns implements AutoCloseable {
  /** What the memes that are built in, or in a label file, are called by. */
  private static final String NAME = "name";

  private static final String MEMES = "memotion";

  private final SequencedMap<String, List<String>> labels = new LinkedHashMap<>();
  private final List<VectorStream> streams = new ArrayList<>();
  private float[] unread = {};

  /**
   * Opens the columns.
   *
   * @param spec the file
   * @param columns their names or numbers; may be none
   * @param options how the vectors are read
   */
  KeptColumns(String spec, List<String> columns, ReadOptions options) {
    if (Inputs.isStandard(spec) && !columns.isEmpty()) {
      throw new InputException("--keep", "reads the text more than once, so it must be in a file");
    }
    for (String column : columns) {
      if (spec.equals(MEMES) || spec.startsWith(MEMES + ":")) {
        labels.put(column, names(spec, column));
      } else {
        ReadOptions quiet =
            options.withNotices(notice -> {}).withIdColumn(column).withoutColumns(columns);
        VectorStream stream = Inputs.stream(spec, quiet);
        streams.add(stream);
        labels.put(column.chars().allMatch(Character::isDigit) ? NAME : column, stream.ids());
      }
    }
  }

  private static List<String> names(String spec, String column) {
    String labels = spec.substring(Math.min(spec.length(), MEMES.length() + 1));
    boolean memes = labels.isEmpty() || labels.contains(".csv");
    if (!memes || !column.equals(NAME)) {
      throw new InputException(
          "--keep", spec + " has no column " + column + (memes ? "; it has name" : ""));
    }
    MemeCatalog catalog = labels.isEmpty() ? MemeCatalog.builtIn() : MemeCatalog.read(labels);
    return catalog.memes().stream().map(meme -> meme.name()).toList();
  }

  /** By name, in their order; lists grow by {@link #read}. */
  SequencedMap<String, List<String>> labels() {
    return labels;
  }

  /** Reads on, as far as the vectors were read. */
  void read(int rows) {
    for (VectorStream stream : streams) {
      unread =
          unread.length < rows * stream.dimensions()
              ? new float[rows * stream.dimensions()]
              : unread;
      stream.next(unread, rows);
    }
  }

  @Override
  public void close() {
    streams.forEach(VectorStream::close);
  }
}
