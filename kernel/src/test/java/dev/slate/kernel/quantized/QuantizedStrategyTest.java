package dev.slate.kernel.quantized;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.slate.kernel.search.Counters;
import org.junit.jupiter.api.Test;

class QuantizedStrategyTest {
  private static Counters looked(long items, long visited, long pruned, long bytes) {
    Counters counters = new Counters();
    counters.itemsScored = items;
    counters.blocksVisited = visited;
    counters.blocksPruned = pruned;
    counters.bytesRead = bytes;
    return counters;
  }

  /** A sample of a quarter, in as many clusters: a third of its pieces are visited, so of all. */
  @Test
  void theSameShareOfPiecesIsVisited() {
    int n = 64 * 4_000;
    long centres = 16L * 500;
    Counters near = looked(100, 500, 1_000, centres + 4_000 * 500);
    Counters all = looked(400, 1_500, 3_000, centres + 4_000 * 1_500);
    assertEquals(
        QuantizedStrategy.cost(n, 16, n, 10, all, all),
        QuantizedStrategy.cost(n, 16, n / 4, 10, near, near),
        1e-3);
  }

  /** One of all items is a sixteenth of one of the sample: half the work, and half of that. */
  @Test
  void fewerPiecesAreVisitedForLessThanOneItemOfASample() {
    int n = 256_000;
    int size = n / 16;
    long centres = 16L * (1_500 - size / 64);
    Counters near = looked(160, 400, 1_100, centres + 4_000L * 400);
    Counters four = looked(320, 800, 700, centres + 4_000L * 800);
    Counters less = looked(40, 100, 1_400, centres + 4_000L * 100);
    assertEquals(
        QuantizedStrategy.cost(n, 16, size, 1, less, less),
        QuantizedStrategy.cost(n, 16, size, 1, near, four),
        1e-3);
    assertEquals(
        QuantizedStrategy.cost(n, 16, size, 16, near, near),
        QuantizedStrategy.cost(n, 16, size, 16, near, four),
        "one item of the sample");
  }

  /** A row of d = 128 has 448 bytes behind its first line, each of which costs .83 more. */
  @Test
  void rowsThatLieFarApartCostMore() {
    double near = ofScoring(5_000, 10_000, 128);
    assertEquals(near + 4_000 * 448 * 0.83, ofScoring(5_000, 100_000, 128), 1e-3);
    assertEquals(near, ofScoring(5_000, 1_000_000, 16), 1e-3, "a row is one line");
  }

  /** The cost of scoring some items in the place of a thousand. */
  private static double ofScoring(int items, int n, int d) {
    Counters few = looked(1_000, 150, 0, 2_000_000);
    Counters many = looked(items, 150, 0, 2_000_000);
    double offers = 240 * 10 * Math.log(items / 1_000.0);
    return QuantizedStrategy.cost(n, d, n, 10, many, many)
        - QuantizedStrategy.cost(n, d, n, 10, few, few)
        - offers;
  }
}
