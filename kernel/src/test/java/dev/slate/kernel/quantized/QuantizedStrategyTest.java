package dev.slate.kernel.quantized;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.slate.kernel.layout.Blocks;
import dev.slate.kernel.quantized.QuantizedStrategy.Trial;
import dev.slate.kernel.search.Counters;
import org.junit.jupiter.api.Test;

class QuantizedStrategyTest {
  private static final int CLUSTERS = 1_000;
  private static final int CENTRE_BYTES = 16_384;
  private static final int BLOCK_BYTES = 1_024;

  /** An index whose clusters have pieces in one block more than they fill. */
  private static Trial trial(int size, int itemBytes) {
    int pieces = size / Blocks.SIZE + CLUSTERS;
    return new Trial(size, CLUSTERS, pieces, CENTRE_BYTES, BLOCK_BYTES, itemBytes);
  }

  /**
   * Counts of a search.
   *
   * @param items scored, besides those of the first block
   * @param left bytes that were read besides those and the first codes
   */
  private static Counters looked(int d, long items, long visited, long pruned, long left) {
    Counters counters = new Counters();
    counters.itemsScored = Blocks.SIZE + items;
    counters.blocksVisited = visited;
    counters.blocksPruned = pruned;
    counters.bytesRead =
        CENTRE_BYTES + visited * BLOCK_BYTES + (long) Blocks.SIZE * d * Float.BYTES + left;
    return counters;
  }

  /** Half the pieces are visited, of a quarter and so of all. */
  @Test
  void theSameShareOfPiecesIsVisited() {
    int n = 64 * 4_000;
    Counters near = looked(16, 100, 700, 1_000, 9_000);
    Counters all = looked(16, 400, 2_250, 2_500, 36_000);
    assertEquals(
        QuantizedStrategy.cost(n, 16, 10, trial(n, 0), all, all),
        QuantizedStrategy.cost(n, 16, 10, trial(n / 4, 0), near, near),
        1e-3);
  }

  /** Clusters of a few items share blocks: a block is visited once for all of them. */
  @Test
  void whatCountsIsPiecesNotTheirBlocks() {
    int n = 64 * 4_000;
    Counters together = looked(16, 100, 20, 500, 9_000);
    Counters apart = looked(16, 100, 200, 500, 9_000);
    assertEquals(
        QuantizedStrategy.cost(n, 16, 10, trial(n / 64, 0), apart, apart),
        QuantizedStrategy.cost(n, 16, 10, trial(n / 64, 0), together, together),
        1e-3);
  }

  /** One of all items is a sixteenth of one of the sample: half the work, and half of that. */
  @Test
  void fewerPiecesAreVisitedForLessThanOneItemOfASample() {
    int n = 256_000;
    Trial sample = trial(n / 16, 0);
    Counters near = looked(16, 160, 200, sample.pieces() - 400, 4_000);
    Counters four = looked(16, 320, 300, sample.pieces() - 800, 8_000);
    Counters less = looked(16, 40, 90, sample.pieces() - 100, 1_000);
    assertEquals(
        QuantizedStrategy.cost(n, 16, 1, sample, less, less),
        QuantizedStrategy.cost(n, 16, 1, sample, near, four),
        1e-3);
    assertEquals(
        QuantizedStrategy.cost(n, 16, 16, sample, near, near),
        QuantizedStrategy.cost(n, 16, 16, sample, near, four),
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
    Counters few = looked(d, 1_000 - 64, 150, 0, 9_000_000);
    Counters many = looked(d, items - 64, 150, 0, 9_000_000);
    double offers = 240 * 10 * Math.log(items / 1_000.0);
    return QuantizedStrategy.cost(n, d, 10, trial(n, 0), many, many)
        - QuantizedStrategy.cost(n, d, 10, trial(n, 0), few, few)
        - offers;
  }

  /** Packed codes leave items whose codes are read one by one: 2,600 an item and 1 a byte. */
  @Test
  void codesThatAreReadItemByItemCostMore() {
    int n = 1_000_000;
    int d = 128;
    long rows = 2_000L * d * Float.BYTES;
    Counters none = looked(d, 2_000, 16_000, 0, rows);
    Counters some = looked(d, 2_000, 16_000, 0, rows + 100 * 128);
    assertEquals(
        100 * (2_600 + 128),
        QuantizedStrategy.cost(n, d, 10, trial(n, d), some, some)
            - QuantizedStrategy.cost(n, d, 10, trial(n, d), none, none),
        1e-3);
    assertEquals(
        100 * 128,
        QuantizedStrategy.cost(n, d, 10, trial(n, 0), some, some)
            - QuantizedStrategy.cost(n, d, 10, trial(n, 0), none, none),
        1e-3);
  }
}
