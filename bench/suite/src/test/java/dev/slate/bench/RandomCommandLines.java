package dev.slate.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Command lines that nobody means: commands and options as they are, with hostile values. */
final class RandomCommandLines {
  /** What a user reads and writes: good files, bad ones, and names that are none. */
  static final List<String> NAMES =
      List.of(
          "items.csv",
          "items.npy",
          "items.fvecs",
          "items.slate",
          "one.csv",
          "words.txt",
          "empty.csv",
          "cut.csv.gz",
          "noise.npy",
          "noise.slate",
          "noise.h5",
          "noise.h5:train",
          "noise.npz:a",
          "list.txt",
          "folder",
          "folder.csv",
          "@folder",
          "@items.csv",
          "missing.csv",
          "memotion",
          "gaussian:20:2:7",
          "gaussian:2147483647:1:7:x",
          "uniform:0:0",
          "é ü.csv",
          "\ud800.csv",
          "a\0b.csv",
          "tab\tline\n.csv",
          "\u001b[31mred.csv",
          "",
          " ",
          "-",
          "--",
          "/dev/full",
          "/dev/null",
          "/proc/self/mem",
          "x".repeat(250) + ".csv",
          "x".repeat(300) + ".npy",
          "new.csv",
          "new.tsv",
          "new.npy.gz",
          "new.ivecs",
          "new.bvecs",
          "new.fbin",
          "new.slate",
          "new.txt",
          "new.hdf5:train",
          "new.hdf5:.",
          "new.hdf5:" + "n".repeat(70_000),
          "new.h5:a/b",
          "no/such/folder/x.npy",
          "full.csv",
          "full.npy",
          "full.slate",
          "full.hdf5:x",
          "null.csv",
          "null.npy",
          "null.slate",
          "null.hdf5:x");

  static final List<String> VALUES =
      List.of(
          "0",
          "1",
          "2",
          "-1",
          "10",
          "007",
          "1k",
          "2.5m",
          "2147483647",
          "2147483648",
          "1e9",
          "NaN",
          "-0.0",
          "inf",
          "1,2",
          "0.5,0.5",
          "1,",
          ",",
          "\"",
          "\"a",
          "a\"b,c",
          "x",
          "0-1",
          "1-0",
          "x,y",
          "yes",
          "no",
          "auto",
          "dot",
          "cosine",
          "euclidean",
          "scan",
          "tree",
          "'",
          ";",
          "tab",
          "٣",
          "\u0000",
          "${x}",
          "@",
          "lowrank",
          "memotion",
          "40000");

  static final List<String> SEARCH =
      List.of(
          "--items",
          "--queries",
          "--metric",
          "-k",
          "--strategy",
          "--planning",
          "--threads",
          "--allow",
          "--deny",
          "--radius",
          "--weights",
          "--bias",
          "--out",
          "--check",
          "--explain",
          "--columns",
          "--header",
          "--delimiter",
          "--decimal",
          "--id-column",
          "--center",
          "--query-columns",
          "--query-header",
          "--distances",
          "--exclude-self",
          "--deny-lists");

  static final List<String> BUILD =
      List.of(
          "--items",
          "--metric",
          "-k",
          "--strategy",
          "--planning",
          "--threads",
          "--bias",
          "--out",
          "--columns",
          "--header",
          "--delimiter",
          "--decimal",
          "--id-column",
          "--center");

  static final List<String> GENERATE =
      List.of("--kind", "--items", "--dims", "--seed", "--jitter", "--queries", "--out");

  static final List<String> CONVERT =
      List.of("--in", "--out", "--columns", "--header", "--delimiter", "--decimal", "--keep");

  static final Set<String> FILES =
      Set.of(
          "--items",
          "--queries",
          "--allow",
          "--deny",
          "--bias",
          "--out",
          "--check",
          "--in",
          "--deny-lists");

  static final Set<String> FLAGS = Set.of("--explain", "--center", "--distances", "--exclude-self");

  private final Path folder;

  /**
   * Lines about the files of a folder.
   *
   * @param folder where the names are taken from, and where files are written
   */
  RandomCommandLines(Path folder) {
    this.folder = folder;
  }

  /**
   * A line.
   *
   * @param random decides; the same one gives the same line
   */
  String[] next(Random random) {
    List<String> line = new ArrayList<>();
    switch (random.nextInt(14)) {
      case 0, 1, 2, 3 -> {
        line.add("search");
        line.addAll(List.of("--items", file(random), "--queries", file(random)));
        options(line, SEARCH, random);
      }
      case 4, 5 -> {
        line.addAll(List.of("data", "convert", "--in", file(random), "--out", file(random)));
        options(line, CONVERT, random);
      }
      case 6, 7 -> {
        line.addAll(List.of("data", "describe", file(random)));
        options(line, CONVERT.subList(2, CONVERT.size()), random);
      }
      case 8 -> {
        line.addAll(List.of("data", "generate", "--items", pick(random, List.of("3", "70", "0"))));
        line.addAll(List.of("--kind", pick(random, VALUES), "--out", file(random)));
        options(line, GENERATE, random);
        line.removeIf(
            word -> word.equals("2147483647") || word.equals("2.5m") || word.equals("40000"));
      }
      case 9 -> {
        line.addAll(List.of("compare", file(random), file(random)));
      }
      case 10 -> {
        line.addAll(List.of(pick(random, List.of("sim", "bench", "gate", "audit", "history"))));
        line.add("--" + pick(random, VALUES).replace("=", ""));
        line.add("--no-such-option");
      }
      case 11, 12 -> {
        String out = random.nextInt(4) == 0 ? file(random) : folder + "/new.slate";
        line.addAll(List.of("build", "--items", file(random), "--out", out));
        options(line, BUILD, random);
      }
      default -> {
        for (int i = random.nextInt(4); i >= 0; i--) {
          line.add(pick(random, random.nextBoolean() ? NAMES : VALUES));
        }
      }
    }
    if (random.nextInt(20) == 0) {
      line.set(random.nextInt(line.size()), pick(random, VALUES));
    }
    return line.toArray(String[]::new);
  }

  private void options(List<String> line, List<String> options, Random random) {
    for (int i = random.nextInt(4); i > 0; i--) {
      String option = pick(random, options);
      if (!line.contains(option) || random.nextInt(20) == 0) {
        line.add(option);
        if (!FLAGS.contains(option)) {
          line.add(FILES.contains(option) ? file(random) : pick(random, VALUES));
        }
      }
    }
  }

  private String file(Random random) {
    String name = random.nextInt(3) == 0 ? pick(random, NAMES.subList(0, 6)) : pick(random, NAMES);
    boolean here =
        name.length() > 1
            && !name.startsWith("/")
            && !name.startsWith("@")
            && (!name.contains(":") || name.matches("(?s)(noise|new|full|null)\\..*"));
    return here ? folder + "/" + name : name;
  }

  static <T> T pick(Random random, List<T> list) {
    return list.get(random.nextInt(list.size()));
  }
}
