package dev.slate.bench.suite;

import dev.slate.bench.dataset.WrongAnswer;
import dev.slate.kernel.select.Candidate;
import dev.slate.kernel.select.TopK;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The selection alone: scores that are there already, offered one by one to {@link TopK}. */
@State(Scope.Benchmark)
public class SelectionBenchmark extends SampledBenchmark {
  /** Number of candidates. */
  @Param("1000000")
  public int n;

  /** How many are kept. */
  @Param({"1", "10", "100", "1000", "10000"})
  public int k;

  /** In what order the candidates come. */
  @Param({"RANDOM", "IMPROVING"})
  public Order order = Order.RANDOM;

  private final TopK best = new TopK();
  private long[] candidates = {};

  /** An order of arrival. */
  public enum Order {
    /** As of a catalogue that knows nothing of the query. */
    RANDOM,
    /** Each better than all before it: the most work that there can be. */
    IMPROVING
  }

  /** JMH creates it. */
  public SelectionBenchmark() {}

  /**
   * Draws the candidates, and compares what is kept with what sorting finds.
   *
   * @throws WrongAnswer if it differs
   */
  @Setup
  public void draw() {
    SplittableRandom random = new SplittableRandom(1);
    candidates = new long[n];
    Arrays.setAll(candidates, i -> Candidate.pack((float) random.nextDouble(), i));
    long[] sorted = candidates.clone();
    Arrays.sort(sorted);
    if (order == Order.IMPROVING) {
      Arrays.setAll(candidates, i -> sorted[n - 1 - i]);
    }
    select();
    int other = Arrays.mismatch(kept(), Arrays.copyOf(sorted, Math.min(k, n)));
    if (other >= 0) {
      throw new WrongAnswer("the selection keeps another candidate at " + other);
    }
  }

  /**
   * Keeps the k best, in order.
   *
   * @return how many
   */
  @Benchmark
  public int select() {
    best.reset(k, Candidate.FIRST, Candidate.NONE);
    for (long candidate : candidates) {
      best.offer(candidate);
    }
    return best.finish();
  }

  /** What was kept, best first. */
  long[] kept() {
    long[] kept = new long[best.size()];
    best.copyTo(kept);
    return kept;
  }
}
