package dev.slate.bench.run;

import dev.slate.bench.dataset.VectorSource;
import dev.slate.data.Count;
import dev.slate.data.Distribution;
import dev.slate.data.InputException;
import dev.slate.data.VectorGenerator;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say which items and queries are measured. */
final class DataOptions {
  private static final int MOST_DIMENSIONS = 4096;

  /** What begins like a number is a size, be it well written or not. */
  private static final Pattern SIZES = Pattern.compile("[0-9]+(\\.[0-9]+)?[a-zA-Z]?(,.*)?");

  @Option(
      names = "--items",
      paramLabel = "N|FILE",
      description =
          "Numbers of generated items (default: 1m,10m), or a file of items in any format that"
              + " slate search reads.")
  private @Nullable String items;

  @Option(
      names = "--query-file",
      paramLabel = "FILE",
      description =
          "Queries for a file of items, best some that are not among them; the first 10,000 are"
              + " taken in turn.")
  private @Nullable String queryFile;

  @Option(
      names = "--columns",
      split = ",",
      paramLabel = "C",
      description = "Columns of a file of items, as for slate search (default: all).")
  private @Nullable List<String> columns;

  @Option(
      names = "--query-columns",
      split = ",",
      paramLabel = "C",
      description = "As --columns, of the queries.")
  private @Nullable List<String> queryColumns;

  @Option(
      names = "--dims",
      split = ",",
      paramLabel = "D",
      description = "Numbers of attributes (default: 5,64; quick and memotion: 5).")
  private @Nullable List<Integer> dims;

  @Option(
      names = "--distribution",
      split = ",",
      paramLabel = "NAME",
      description =
          "How vectors are drawn, as by slate data generate: ${COMPLETION-CANDIDATES}"
              + " (default: UNIFORM).")
  private @Nullable List<Distribution> distributions;

  /**
   * The data sets that the options ask for, in the order of the table.
   *
   * @param quick whether few are asked for unless options say otherwise
   * @throws InputException if the options contradict each other or a file cannot be read
   */
  List<VectorSource> sources(boolean quick) {
    if (items != null && !SIZES.matcher(items).matches()) {
      return List.of(files(items));
    }
    refuse("--query-file", queryFile);
    refuse("--columns", columns);
    refuse("--query-columns", queryColumns);
    List<VectorSource> sources = new ArrayList<>();
    for (Distribution distribution : distributions()) {
      for (int d : dims(quick)) {
        sizes().forEach(n -> sources.add(new VectorSource.Generated(distribution, n, d)));
      }
    }
    return sources.stream().distinct().toList();
  }

  private VectorSource files(String file) {
    if (dims != null) {
      throw new InputException(
          "--dims", "goes with generated items only; " + file + " has its own");
    }
    if (distributions != null) {
      throw new InputException("--distribution", "goes with generated items only, not " + file);
    }
    if (queryFile == null) {
      throw new InputException("--query-file", "missing; the items of " + file + " need queries");
    }
    return VectorSource.Files.of(
        file,
        columns == null ? List.of() : columns,
        queryFile,
        queryColumns == null ? List.of() : queryColumns);
  }

  private static void refuse(String option, @Nullable Object value) {
    if (value != null) {
      throw new InputException(option, "goes with --items FILE only");
    }
  }

  private List<Integer> sizes() {
    return items == null
        ? List.of(1_000_000, 10_000_000)
        : Stream.of(items.split(",", -1)).map(DataOptions::size).toList();
  }

  private static int size(String text) {
    int size;
    try {
      size = Count.parse(text);
    } catch (IllegalArgumentException e) {
      throw new InputException("--items", String.valueOf(e.getMessage()), e);
    }
    if (size == 0) {
      throw new InputException("--items", "must be at least 1, but it is " + text);
    }
    return size;
  }

  private List<Distribution> distributions() {
    return distributions == null ? List.of(Distribution.UNIFORM) : distributions;
  }

  private List<Integer> dims(boolean quick) {
    boolean memotion = distributions().contains(Distribution.MEMOTION);
    List<Integer> all = dims != null ? dims : quick || memotion ? List.of(5) : List.of(5, 64);
    for (int d : all) {
      if (d < 1 || d > MOST_DIMENSIONS) {
        throw new InputException(
            "--dims", "must be from 1 to " + MOST_DIMENSIONS + ", but it is " + d);
      }
      if (memotion && d != VectorGenerator.MEMOTION_DIMENSIONS) {
        throw new InputException(
            "--dims",
            "memotion has "
                + VectorGenerator.MEMOTION_DIMENSIONS
                + " attributes; ask for those only");
      }
    }
    return all;
  }
}
