package dev.slate.data.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slate.data.MemeCatalog;
import dev.slate.data.ReadOptions;
import dev.slate.data.VectorFile;
import dev.slate.data.VectorWriter;
import dev.slate.data.Vectors;
import dev.slate.kernel.Catalog;
import dev.slate.kernel.Metric;
import dev.slate.kernel.simd.Simd;
import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code slate search} on published data, at each vector width in a JVM of its own, by every metric
 * and strategy, on one thread or two in turns: always the bytes of the loop that stands here. Each
 * width takes every other pair of metric and strategy, so that all pairs meet two widths. With
 * {@code -Dslate.test.full=true}, as in the profile {@code soak}, each takes all pairs, all queries
 * and both numbers of threads.
 */
@Execution(ExecutionMode.CONCURRENT)
class RealSearchTest {
  private static final int K = 10;
  private static final boolean FULL = Boolean.getBoolean("slate.test.full");
  private static final int SIFT_QUERIES = FULL ? 100 : 5;
  private static final int USERS = FULL ? 1_000 : 20;
  private static final int LIMIT_SECONDS = FULL ? 1_000 : 100;
  private static final List<Metric> METRICS = List.of(Metric.values());
  private static final List<String> WIDTHS = List.of("scalar", "128", "256", "512");
  private static final List<String> STRATEGIES = List.of("auto", "scan", "tree", "quantized");

  @TempDir static Path dir;

  @ParameterizedTest
  @ValueSource(strings = {"scalar", "128", "256", "512"})
  void everyMetricAndStrategy(String width) throws Exception {
    prepare();
    search(width);
  }

  private static boolean prepared;

  /** The files and the expected answers, once for all widths; skips the test without the data. */
  private static synchronized void prepare() throws IOException {
    if (prepared) {
      return;
    }
    String text = data("vectors/sift-dataset-5k.tsv", "corpus-texmex.irisa.fr");
    String all = data("vectors/siftsmall_query.fvecs", "corpus-texmex.irisa.fr");
    String labels = data("memotion/labels.csv", "the Memotion 7k data set, SemEval-2020 Task 8");
    String items = dir.resolve("items.npy").toString();
    convert("--in", text, "--columns", "0-127", "--out", items);
    String queries = dir.resolve("queries.fvecs").toString();
    try (VectorFile file = Vectors.open(all)) {
      write(queries, file, SIFT_QUERIES);
    }
    ReadOptions vectors = ReadOptions.DEFAULT.withColumns(List.of("0-127"));
    try (VectorFile rows = Vectors.open(text, vectors);
        VectorFile asked = Vectors.open(queries)) {
      expect("sift", rows, asked, "--items", items, "--queries", queries);
    }
    String users = "memotion:" + USERS + ":5:11:queries";
    try (VectorFile asked = Vectors.open(users)) {
      MemeCatalog memes = MemeCatalog.read(labels);
      expect("memotion", memes, asked, "--items", "memotion:" + labels, "--queries", users);
    }
    prepared = true;
  }

  private static void convert(String... options) {
    List<String> command = new ArrayList<>(List.of("data", "convert"));
    command.addAll(List.of(options));
    Shell.Ran ran = Shell.run(command.toArray(String[]::new));
    assertEquals(0, ran.exit(), ran.err());
  }

  private static void expect(String name, Catalog items, Catalog queries, String... options)
      throws IOException {
    for (Metric metric : Metric.values()) {
      Files.writeString(dir.resolve(name + metric), naive(items, queries, metric));
    }
    Files.write(dir.resolve(name + ".options"), List.of(options));
  }

  private void search(String width) throws Exception {
    Path said = dir.resolve("said-" + width);
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules=jdk.incubator.vector",
                "-Dslate.simd=" + width,
                "-Dslate.test.full=" + FULL,
                "-cp",
                System.getProperty("java.class.path"),
                Searches.class.getName(),
                width,
                dir.toString())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();
    boolean ended = process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
    process.destroyForcibly().waitFor();
    String text = Files.readString(said);
    assumeTrue(!text.contains(Searches.LACKING), () -> "this machine has no vectors of " + width);
    assertTrue(ended, text);
    assertEquals(0, process.exitValue(), text);
  }

  /** A file as ann-benchmarks lays it out, written by the HDF5 library itself. */
  @Test
  void checksAgainstTheNeighboursOfAnHdf5File() {
    String items = data("vectors/sift-dataset-5k.tsv", "corpus-texmex.irisa.fr");
    String queries = data("vectors/siftsmall_query.fvecs", "corpus-texmex.irisa.fr");
    Path file = dir.resolve("sift.hdf5");
    try (VectorFile rows = Vectors.open(items, ReadOptions.DEFAULT.withColumns(List.of("0-127")));
        VectorFile asked = Vectors.open(queries);
        WritableHdfFile hdf5 = HdfFile.write(file)) {
      int[][] nearest = new int[asked.size()][];
      for (int q = 0; q < nearest.length; q++) {
        nearest[q] = best(scores(rows, row(asked, q), Metric.EUCLIDEAN), Metric.EUCLIDEAN);
      }
      hdf5.putDataset("train", all(rows));
      hdf5.putDataset("test", all(asked));
      hdf5.putDataset("neighbors", nearest);
    }
    assertEquals(
        "recall@10 1.000000: 1000 of 1000 within the score of the true neighbours, 1000 of them the"
            + " same items",
        recall(file, "10"));
    assertEquals(
        "recall@3 1.000000: 300 of 300 within the score of the true neighbours, 300 of them the"
            + " same items",
        recall(file, "3"));
  }

  private static String recall(Path file, String k) {
    Shell.Ran ran =
        Shell.run(
            "search",
            "--items",
            file + ":train",
            "--queries",
            file + ":test",
            "-k",
            k,
            "--check",
            file + ":neighbors");
    assertEquals(0, ran.exit(), ran.err());
    return withoutProgress(ran).strip();
  }

  /** What was said; a slow machine reports progress, too. */
  private static String withoutProgress(Shell.Ran ran) {
    return ran.err().replaceAll("(?m)^build: .*\\R?", "");
  }

  private static float[][] all(Catalog rows) {
    float[][] all = new float[rows.size()][];
    Arrays.setAll(all, i -> row(rows, i));
    return all;
  }

  /** What {@code slate search} must print, by the definition of the score. */
  private static String naive(Catalog items, Catalog queries, Metric metric) {
    StringBuilder text = new StringBuilder("query,rank,item,score\n");
    for (int q = 0; q < queries.size(); q++) {
      float[] scores = scores(items, row(queries, q), metric);
      int[] best = best(scores, metric);
      for (int i = 0; i < K; i++) {
        text.append(q).append(',').append(i + 1).append(',').append(best[i]).append(',');
        text.append(scores[best[i]]).append('\n');
      }
    }
    return text.toString();
  }

  private static float[] scores(Catalog items, float[] query, Metric metric) {
    float[] q = metric == Metric.COSINE ? normalised(query) : query;
    float[] scores = new float[items.size()];
    for (int i = 0; i < scores.length; i++) {
      float[] x = metric == Metric.COSINE ? normalised(row(items, i)) : row(items, i);
      float s = 0;
      for (int j = 0; j < x.length; j++) {
        float t = x[j] - q[j];
        s = metric == Metric.EUCLIDEAN ? Math.fma(t, t, s) : Math.fma(x[j], q[j], s);
      }
      scores[i] = s;
    }
    return scores;
  }

  private static float[] normalised(float[] row) {
    double sum = 0;
    for (float x : row) {
      sum += (double) x * x;
    }
    float[] unit = row.clone();
    for (int j = 0; j < row.length && sum > 0; j++) {
      unit[j] = (float) (row[j] / Math.sqrt(sum));
    }
    return unit;
  }

  /** A stable sort leaves equal scores in the order of their ordinals. */
  private static int[] best(float[] scores, Metric metric) {
    int sign = metric == Metric.EUCLIDEAN ? 1 : -1;
    return IntStream.range(0, scores.length)
        .boxed()
        .sorted((a, b) -> scores[a] == scores[b] ? 0 : scores[a] < scores[b] ? -sign : sign)
        .limit(K)
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private static float[] row(Catalog rows, int i) {
    float[] row = new float[rows.dimensions()];
    rows.copyRows(i, 1, row, 0);
    return row;
  }

  private static void write(String file, Catalog rows, int n) {
    try (VectorWriter out = Vectors.create(file, rows.dimensions(), List.of())) {
      for (int i = 0; i < n; i++) {
        out.append(row(rows, i), 0, 1);
      }
      out.commit();
    }
  }

  private static String data(String name, String published) {
    String folder = System.getenv("SLATE_DATA");
    Path file = Path.of(folder == null ? "" : folder, name);
    assumeTrue(
        folder != null && Files.exists(file),
        () -> "needs " + name + " under $SLATE_DATA (published: " + published + ")");
    return file.toString();
  }

  /** The JVM of one width: searches by each strategy. */
  static final class Searches {
    static final String LACKING = "this machine lacks the width";

    private Searches() {}

    public static void main(String[] args) throws IOException {
      if (!Simd.width().equals(args[0])) {
        System.out.println(LACKING);
        return;
      }
      for (String name : List.of("sift", "memotion")) {
        List<String> options = Files.readAllLines(Path.of(args[1], name + ".options"));
        for (Metric metric : Metric.values()) {
          String expected = Files.readString(Path.of(args[1], name + metric));
          for (String strategy : STRATEGIES) {
            int place = METRICS.indexOf(metric) + STRATEGIES.indexOf(strategy);
            if (!FULL && (place + WIDTHS.indexOf(args[0])) % 2 != 0) {
              continue;
            }
            for (int threads : FULL ? new int[] {1, 2} : new int[] {1 + place / 2 % 2}) {
              List<String> command = new ArrayList<>(List.of("search", "--metric", metric.name()));
              command.addAll(options);
              command.addAll(List.of("--strategy", strategy));
              command.addAll(List.of("--threads", Integer.toString(threads)));
              Shell.Ran ran = Shell.run(command.toArray(String[]::new));
              String err = withoutProgress(ran);
              if (!ran.out().equals(expected) || ran.exit() != 0 || !err.isEmpty()) {
                System.out.println(String.join(" ", command) + ": " + ran);
                System.exit(1);
              }
            }
          }
        }
      }
    }
  }
}
