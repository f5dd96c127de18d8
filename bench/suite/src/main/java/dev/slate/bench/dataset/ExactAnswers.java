package dev.slate.bench.dataset;

import dev.slate.kernel.Catalog;
import dev.slate.kernel.Index;
import dev.slate.kernel.Metric;
import dev.slate.kernel.Searcher;
import dev.slate.kernel.Slate;
import dev.slate.kernel.Strategy;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.Executor;
import java.util.stream.IntStream;

/**
 * The right answers to the first queries of a data set, by the kernel's scan. A subject of the
 * measurements has to give them before it is timed.
 *
 * @param metric by which items were scored
 * @param ordinals of the k best for each query, best first
 * @param scores canonical, of the same items
 */
public record ExactAnswers(Metric metric, int[][] ordinals, float[][] scores) {
  /** Queries that check an exact subject. */
  public static final int CHECKED = 32;

  /** Queries that measure the recall of an approximate subject to about one in a thousand. */
  public static final int RECALLED = 1000;

  private static final int CHUNK_FLOATS = 1 << 24;

  /**
   * Finds the answers in memory that does not grow with n: the items are searched chunk by chunk.
   *
   * @param data items and queries
   * @param metric how to score
   * @param k how many of each query
   * @param executor where other threads run
   * @param threads how many take part
   * @return the answers
   */
  public static ExactAnswers find(
      DataSet data, Metric metric, int k, Executor executor, int threads) {
    return find(data, CHECKED, metric, k, executor, threads);
  }

  /**
   * Finds the answers to a number of queries.
   *
   * @param data items and queries
   * @param most queries that are answered
   * @param metric how to score
   * @param k how many of each query
   * @param executor where other threads run
   * @param threads how many take part
   * @return the answers
   */
  public static ExactAnswers find(
      DataSet data, int most, Metric metric, int k, Executor executor, int threads) {
    int n = data.n();
    int d = data.d();
    int queries = Math.min(most, data.queries().length);
    float[] batch = new float[queries * d];
    for (int q = 0; q < queries; q++) {
      System.arraycopy(data.queries()[q], 0, batch, q * d, d);
    }
    Slate[] slates = new Slate[queries];
    Arrays.setAll(slates, q -> new Slate(k));
    ExactAnswers answers = new ExactAnswers(metric, new int[queries][0], new float[queries][0]);
    int chunk = Math.max(1, CHUNK_FLOATS / d);
    for (int from = 0; from < n; from += chunk) {
      Catalog part = new Part(data.items(), from, Math.min(chunk, n - from));
      Index index =
          Index.builder(part)
              .metric(metric)
              .strategy(Strategy.SCAN)
              .executor(executor, threads)
              .build();
      index.searcher(executor, threads).searchAll(batch, slates);
      for (int q = 0; q < queries; q++) {
        answers.merge(q, slates[q], from);
      }
    }
    return answers;
  }

  /** Puts a later chunk's answer behind the earlier ones and keeps the best: earlier wins ties. */
  private void merge(int q, Slate slate, int from) {
    int[] known = ordinals[q];
    int all = known.length + slate.size();
    int[] mergedOrdinals = new int[Math.min(all, slate.k())];
    float[] mergedScores = new float[mergedOrdinals.length];
    int a = 0;
    int b = 0;
    for (int i = 0; i < mergedOrdinals.length; i++) {
      boolean old =
          b == slate.size() || (a < known.length && !better(slate.score(b), scores[q][a]));
      mergedScores[i] = old ? scores[q][a] : slate.score(b);
      mergedOrdinals[i] = old ? known[a++] : from + slate.ordinal(b++);
    }
    ordinals[q] = mergedOrdinals;
    scores[q] = mergedScores;
  }

  private boolean better(float score, float other) {
    if (Float.isNaN(score) || Float.isNaN(other)) {
      return Float.isNaN(other) && !Float.isNaN(score);
    }
    return metric.largerIsBetter() ? score > other : score < other;
  }

  /**
   * Tells whether the kernel's answer is the right one, bit for bit.
   *
   * @param q number of the query
   * @param slate its answer
   */
  public boolean same(int q, Slate slate) {
    return slate.size() == ordinals[q].length
        && IntStream.range(0, slate.size())
            .allMatch(
                i ->
                    slate.ordinal(i) == ordinals[q][i]
                        && Float.floatToIntBits(slate.score(i))
                            == Float.floatToIntBits(scores[q][i]));
  }

  /**
   * Searches an index for the first queries.
   *
   * @param index of the same items
   * @param queries of which these are the answers
   * @param k how many of each query
   * @throws WrongAnswer if it answers one otherwise
   */
  public void require(Index index, float[][] queries, int k) {
    Searcher searcher = index.searcher();
    Slate slate = new Slate(k);
    for (int q = 0; q < ordinals.length; q++) {
      searcher.search(queries[q], slate);
      if (!same(q, slate)) {
        throw new WrongAnswer("the index answers query " + q + " otherwise than the scan");
      }
    }
  }

  /**
   * The share of the right answer that was found: items whose canonical score is not worse than
   * that of the k-th best, so that equal scores count whoever breaks the tie.
   *
   * @param data the data set
   * @param q number of the query
   * @param found ordinals, in any order; those out of range do not count
   * @return from 0 to 1
   */
  public double recall(DataSet data, int q, int[] found) {
    int wanted = ordinals[q].length;
    if (wanted == 0) {
      return 1;
    }
    float last = scores[q][wanted - 1];
    float[] query = prepared(data.queries()[q]);
    long good =
        Arrays.stream(found)
            .distinct()
            .filter(ordinal -> ordinal >= 0 && ordinal < data.n())
            .filter(ordinal -> !better(last, score(data, ordinal, query)))
            .count();
    return Math.min(1, (double) good / wanted);
  }

  private float score(DataSet data, int ordinal, float[] query) {
    float[] row = new float[data.d()];
    data.items().copyRows(ordinal, 1, row, 0);
    return CanonicalScore.of(metric, prepared(row), 0, query);
  }

  private float[] prepared(float[] row) {
    if (metric != Metric.COSINE) {
      return row;
    }
    float[] unit = row.clone();
    CanonicalScore.normalise(unit, unit.length);
    return unit;
  }

  /** Name of the file of answers in the directory of a run. */
  public static String file(String source, int n, int d, Metric metric, int k) {
    return "answers-"
        + DataSet.fileName(source)
        + "-"
        + n
        + "x"
        + d
        + "-"
        + metric
        + "-"
        + k
        + ".bin";
  }

  /** Writes the answers for the forks to {@link #read}. */
  public void write(Path file) throws IOException {
    try (DataOutputStream out =
        new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
      out.writeUTF(metric.name());
      out.writeInt(ordinals.length);
      for (int q = 0; q < ordinals.length; q++) {
        out.writeInt(ordinals[q].length);
        for (int i = 0; i < ordinals[q].length; i++) {
          out.writeInt(ordinals[q][i]);
          out.writeFloat(scores[q][i]);
        }
      }
    }
  }

  /** Reads what {@link #write} wrote. */
  public static ExactAnswers read(Path file) throws IOException {
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
      Metric metric = Metric.valueOf(in.readUTF());
      int queries = in.readInt();
      int[][] ordinals = new int[queries][];
      float[][] scores = new float[queries][];
      for (int q = 0; q < queries; q++) {
        ordinals[q] = new int[in.readInt()];
        scores[q] = new float[ordinals[q].length];
        for (int i = 0; i < ordinals[q].length; i++) {
          ordinals[q][i] = in.readInt();
          scores[q][i] = in.readFloat();
        }
      }
      return new ExactAnswers(metric, ordinals, scores);
    }
  }

  /** Consecutive rows of a catalogue. */
  private record Part(Catalog whole, int from, int size) implements Catalog {
    @Override
    public int dimensions() {
      return whole.dimensions();
    }

    @Override
    public void copyRows(int first, int count, float[] dst, int offset) {
      whole.copyRows(from + first, count, dst, offset);
    }
  }
}
