package dev.slate.bench.dataset;

import dev.slate.data.Distribution;
import dev.slate.data.InputException;
import dev.slate.data.ReadOptions;
import dev.slate.data.VectorFile;
import dev.slate.data.Vectors;
import dev.slate.kernel.Catalog;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Where the items and queries of a run come from: a generator, or files. */
public sealed interface VectorSource {
  /** Number of items. */
  int n();

  /** Number of attributes. */
  int d();

  /** Value of the JMH parameter {@code distribution}: a {@link Distribution}, or a file's name. */
  String parameter();

  /** The name in tables and in {@code summary.json}. */
  String title();

  /** Tells this source from others, the contents of its files included. */
  String fingerprint();

  /**
   * Writes items and queries in the form that {@link DataSet#open} reads.
   *
   * @param directory an existing directory
   * @throws InputException if a file cannot be read or holds a value that is not finite
   */
  void write(Path directory);

  /** The command that writes the items as a run keeps them. */
  String itemsCommand(String out);

  /** The command that writes the queries as a run keeps them. */
  String queriesCommand(String out);

  /**
   * Vectors drawn at random.
   *
   * @param distribution how values are distributed
   * @param n number of items
   * @param d number of attributes
   */
  record Generated(Distribution distribution, int n, int d) implements VectorSource {
    @Override
    public String parameter() {
      return distribution.name();
    }

    @Override
    public String title() {
      return distribution.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String fingerprint() {
      return title() + " " + n + " " + d + " " + DataSet.SEED;
    }

    @Override
    public void write(Path directory) {
      DataSet.of(distribution, n, d).write(directory, parameter());
    }

    @Override
    public String itemsCommand(String out) {
      return generate(n, "", out);
    }

    @Override
    public String queriesCommand(String out) {
      return generate(DataSet.queryCount(d), "--queries ", out);
    }

    private String generate(int rows, String more, String out) {
      return "slate data generate --kind %s --items %d --dims %d --seed %d %s--out %s"
          .formatted(title(), rows, d, DataSet.SEED, more, out);
    }
  }

  /**
   * Vectors of the user's own.
   *
   * @param items what {@link Vectors} opens
   * @param queries the same, of as many columns
   */
  record Files(InputFile items, InputFile queries) implements VectorSource {
    /** Number of attributes that an index takes at most. */
    private static final int MOST_DIMENSIONS = 4096;

    /**
     * Opens both files to read their shapes.
     *
     * @param items name of a file, as for {@code slate search --items}
     * @param columns of the items that are taken; empty for all
     * @param queries name of a file
     * @param queryColumns of the queries that are taken; empty for all
     * @return the source
     * @throws InputException if a file cannot be read or is empty, or if their columns differ
     */
    public static Files of(
        String items, List<String> columns, String queries, List<String> queryColumns) {
      Files files = new Files(InputFile.of(items, columns), InputFile.of(queries, queryColumns));
      int d = files.items.d();
      if (d > MOST_DIMENSIONS) {
        throw new InputException(items, "has " + d + " columns; the most is " + MOST_DIMENSIONS);
      }
      if (files.queries.d() != d) {
        throw new InputException(
            queries, "has %d columns, but the items have %d".formatted(files.queries.d(), d));
      }
      return files;
    }

    @Override
    public int n() {
      return items.n();
    }

    @Override
    public int d() {
      return items.d();
    }

    @Override
    public String parameter() {
      return title();
    }

    @Override
    public String title() {
      return items.name();
    }

    @Override
    public String fingerprint() {
      return items.fingerprint() + " " + queries.fingerprint();
    }

    @Override
    public void write(Path directory) {
      try (VectorFile rows = items.open();
          VectorFile asked = queries.open()) {
        DataSet.write(directory.resolve(DataSet.itemsFile(parameter(), n(), d())), rows);
        DataSet.write(
            directory.resolve(DataSet.queriesFile(parameter(), d())),
            new Head(asked, Math.min(asked.size(), DataSet.MOST_QUERIES)));
      }
    }

    @Override
    public String itemsCommand(String out) {
      return items.command(out);
    }

    @Override
    public String queriesCommand(String out) {
      return queries.command(out);
    }
  }

  /**
   * A file of vectors.
   *
   * @param spec what {@link Vectors} opens
   * @param columns that are taken; empty for all
   * @param n number of rows
   * @param d number of columns
   * @param stamp size and time of change; empty where the name is that of no file
   */
  record InputFile(String spec, List<String> columns, int n, int d, String stamp) {
    static InputFile of(String spec, List<String> columns) {
      if (spec.equals("-")) {
        throw new InputException(spec, "standard input cannot be read more than once");
      }
      try (VectorFile file = Vectors.open(spec, options(columns))) {
        if (file.size() == 0) {
          throw new InputException(spec, "holds no rows");
        }
        return new InputFile(
            spec, List.copyOf(columns), file.size(), file.dimensions(), stamp(spec));
      }
    }

    private static ReadOptions options(List<String> columns) {
      return ReadOptions.DEFAULT.withColumns(columns);
    }

    VectorFile open() {
      return Vectors.open(spec, options(columns));
    }

    /** The name without its folders: {@code a/b.hdf5:train} is {@code b.hdf5:train}. */
    String name() {
      return spec.replaceFirst("^[^:]*/", "");
    }

    /**
     * Size and time of change of the file, or the folder of files, that a name begins or ends with.
     */
    private static String stamp(String spec) {
      return Stream.of(
              spec,
              spec.substring(0, spec.lastIndexOf(':') + 1).replaceFirst(":$", ""),
              spec.substring(spec.indexOf(':') + 1))
          .map(File::new)
          .filter(File::exists)
          .map(file -> file.length() + " " + file.lastModified())
          .findFirst()
          .orElse("");
    }

    String fingerprint() {
      return Stream.of(spec, columns.toString(), n + "x" + d, stamp)
          .collect(Collectors.joining(" "));
    }

    String command(String out) {
      String taken = columns.isEmpty() ? "" : "--columns " + String.join(",", columns) + " ";
      return "slate data convert --in " + spec + " " + taken + "--out " + out;
    }
  }

  /** The first rows of a catalogue. */
  record Head(Catalog whole, int size) implements Catalog {
    @Override
    public int dimensions() {
      return whole.dimensions();
    }

    @Override
    public void copyRows(int first, int count, float[] dst, int offset) {
      whole.copyRows(first, count, dst, offset);
    }
  }
}
