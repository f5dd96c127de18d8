package dev.slate.bench.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slate.bench.dataset.VectorSource;
import dev.slate.bench.peers.GraphPeer;
import dev.slate.bench.peers.JvmPeer;
import dev.slate.bench.peers.JvmRival;
import dev.slate.data.Distribution;
import dev.slate.kernel.Metric;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a run is expected to take, which its progress begins with. */
class RunPlanTest {
  private static final JvmRival HNSWLIB = GraphPeer.named("hnswlib:100").getFirst();
  private static final ForkTiming TIMING = ForkTiming.full(5);

  /** A graph of many items is given up at the limit. */
  @Test
  void aGraphTakesLongToBuild() {
    assertTrue(seconds(HNSWLIB, 100_000) > seconds(JvmPeer.LUCENE_FLAT, 100_000));
    double limit = TIMING.buildLimit().toMillis() / 1e3;
    int most = 1_000_000_000;
    assertEquals(limit, seconds(HNSWLIB, most) - seconds(JvmPeer.LUCENE_FLAT, most), 1e-6);
  }

  @Test
  void eachForkOfEachCaseCounts() {
    Case one = asked(JvmPeer.SCALAR_LOOP, 1000);
    Case two = asked(JvmPeer.SCALAR_LOOP, 1_000_000);
    RunPlan plan = new RunPlan(List.of(one, two), TIMING);
    assertEquals(5 * (plan.expected(one) + plan.expected(two)), plan.expected(), 1e-9);
    assertTrue(plan.expected(one) < plan.expected(two));
  }

  private static double seconds(JvmRival peer, int n) {
    Case asked = asked(peer, n);
    return new RunPlan(List.of(asked), TIMING).expected(asked);
  }

  private static Case asked(JvmRival peer, int n) {
    Question question =
        new Question(
            new VectorSource.Generated(Distribution.UNIFORM, n, 5), 10, Metric.EUCLIDEAN, 1, 1, 1);
    return new Case(new BenchSubject.PeerSubject(peer), question);
  }
}
