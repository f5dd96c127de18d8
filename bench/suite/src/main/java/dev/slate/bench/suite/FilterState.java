package dev.slate.bench.suite;

import dev.slate.bench.dataset.DataSet;
import dev.slate.bench.dataset.ExactAnswers;
import dev.slate.kernel.Catalog;
import dev.slate.kernel.ItemSet;
import dev.slate.kernel.Query;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * An index and a set of items drawn at random, which the filter admits or keeps out. The right
 * answer is that of an index of the admitted items alone.
 */
@State(Scope.Benchmark)
public class FilterState extends SearchState {
  /** What the filter does with its set. */
  @Param({"ALLOW", "DENY"})
  public Filter filter = Filter.ALLOW;

  /** Share of the items that the filter admits, whatever it does. */
  @Param({"0.001", "0.01", "0.1", "0.5", "0.9"})
  public double density = 0.1;

  private static final int WINDOW = 256;

  private final Query query = Query.of(new float[0]);
  private int[] admitted = {};

  /** A way to filter. */
  public enum Filter {
    /** The admitted items are named. */
    ALLOW,
    /** The others are named. */
    DENY
  }

  /** JMH creates it. */
  public FilterState() {}

  @Override
  ExactAnswers answers() {
    SplittableRandom random = new SplittableRandom(1);
    boolean[] in = new boolean[n];
    for (int i = 0; i < n; i++) {
      in[i] = random.nextDouble() < density;
    }
    admitted = IntStream.range(0, n).filter(i -> in[i]).toArray();
    ItemSet set = ItemSet.unbound(n);
    IntStream.range(0, n).filter(i -> in[i] == (filter == Filter.ALLOW)).forEach(set::add);
    query.clear();
    if (filter == Filter.ALLOW) {
      query.allow(set);
    } else {
      query.deny(set);
    }
    DataSet part = new DataSet(new Chosen(data.items(), admitted), data.queries());
    ExactAnswers answers = ExactAnswers.find(part, metric, k, executor, 1);
    for (int[] ordinals : answers.ordinals()) {
      Arrays.setAll(ordinals, i -> admitted[ordinals[i]]);
    }
    return answers;
  }

  @Override
  void search(float[] vector) {
    searcher().search(query.vector(vector), slate);
  }

  /** The ordinals that the filter admits. */
  IntStream admitted() {
    return Arrays.stream(admitted);
  }

  /** Some of the rows of a catalogue. */
  private record Chosen(Catalog whole, int[] ordinals) implements Catalog {
    @Override
    public int size() {
      return ordinals.length;
    }

    @Override
    public int dimensions() {
      return whole.dimensions();
    }

    /** Reads windows of consecutive rows and picks from them. */
    @Override
    public void copyRows(int first, int count, float[] dst, int offset) {
      int d = dimensions();
      float[] window = new float[WINDOW * d];
      int last = count == 0 ? 0 : ordinals[first + count - 1];
      for (int i = 0; i < count; ) {
        int from = ordinals[first + i];
        int rows = Math.min(WINDOW, last - from + 1);
        whole.copyRows(from, rows, window, 0);
        for (; i < count && ordinals[first + i] - from < rows; i++) {
          System.arraycopy(window, (ordinals[first + i] - from) * d, dst, offset + i * d, d);
        }
      }
    }
  }
}
