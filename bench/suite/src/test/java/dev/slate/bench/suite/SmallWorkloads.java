package dev.slate.bench.suite;

import dev.slate.bench.dataset.DataSet;
import dev.slate.data.Distribution;
import dev.slate.kernel.Metric;
import dev.slate.kernel.Slate;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** States of benchmarks as JMH would set them up, but small and cold. */
abstract class SmallWorkloads {
  static final int N = 700;
  static final int K = 10;
  private static final String LIMIT = "slate.bench.warmup.limit";

  @BeforeAll
  static void doNotWarmUp() {
    System.setProperty(LIMIT, "0");
  }

  @AfterAll
  static void warmUpAgain() {
    System.clearProperty(LIMIT);
  }

  static <T extends Workload> T shaped(T state, Distribution distribution, Metric metric) {
    state.n = N;
    state.d = distribution == Distribution.MEMOTION ? 5 : 12;
    state.k = K;
    state.distribution = distribution.name();
    state.metric = metric;
    return state;
  }

  /** The rows of a state that is loaded. */
  static float[][] items(Workload state) {
    return items(state.data);
  }

  static float[][] items(DataSet data) {
    float[][] items = new float[data.items().size()][data.items().dimensions()];
    for (int i = 0; i < items.length; i++) {
      data.items().copyRows(i, 1, items[i], 0);
    }
    return items;
  }

  static List<Naive.Hit> hits(Slate slate) {
    return IntStream.range(0, slate.size())
        .mapToObj(i -> new Naive.Hit(slate.ordinal(i), slate.score(i)))
        .toList();
  }
}
