package dev.slate.bench.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slate.bench.peers.JvmPeer;
import dev.slate.data.Distribution;
import dev.slate.kernel.Metric;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a run is expected to take, which its progress begins with. */
class PlanTest {
  private static final Pace PACE = Pace.full(5);

  /** A graph of many items is given up at the limit. */
  @Test
  void aGraphTakesLongToBuild() {
    assertTrue(seconds(JvmPeer.HNSWLIB, 100_000) > seconds(JvmPeer.LUCENE_FLAT, 100_000));
    double limit = PACE.buildLimit().toMillis() / 1e3;
    int most = 1_000_000_000;
    assertEquals(limit, seconds(JvmPeer.HNSWLIB, most) - seconds(JvmPeer.LUCENE_FLAT, most), 1e-6);
  }

  @Test
  void eachForkOfEachCaseCounts() {
    Case one = asked(JvmPeer.SCALAR_LOOP, 1000);
    Case two = asked(JvmPeer.SCALAR_LOOP, 1_000_000);
    Plan plan = new Plan(List.of(one, two), PACE);
    assertEquals(5 * (plan.expected(one) + plan.expected(two)), plan.expected(), 1e-9);
    assertTrue(plan.expected(one) < plan.expected(two));
  }

  private static double seconds(JvmPeer peer, int n) {
    Case asked = asked(peer, n);
    return new Plan(List.of(asked), PACE).expected(asked);
  }

  private static Case asked(JvmPeer peer, int n) {
    Shape shape = new Shape(Distribution.UNIFORM, n, 5, 10, Metric.EUCLIDEAN, 1, 1, 1);
    return new Case(new Subject.Peer(peer), shape);
  }
}
