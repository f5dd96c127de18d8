package dev.slate.kernel.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.slate.kernel.search.Counters;
import org.junit.jupiter.api.Test;

class TreeStrategyTest {
  private static Counters[] scored(long items) {
    Counters counters = new Counters();
    counters.itemsScored = items;
    return new Counters[] {counters};
  }

  private static double grown(long few, long many, long whole, long share, double larger) {
    return new TreeStrategy.Growth(scored(few), scored(many), scored(whole), scored(share), larger)
        .of(0, c -> c.itemsScored);
  }

  @Test
  void countsThatDoNotGrowWithTheSampleDoNotGrowWithTheCatalogue() {
    assertEquals(320, grown(320, 320, 320, 320, 100));
    assertEquals(320, grown(3_200, 320, 320, 320, 100), "nor do they fall");
  }

  @Test
  void countsGrowLikeAPowerOfN() {
    assertEquals(4_000, grown(1_000, 2_000, 2_000, 2_000, 4), 1e-6);
    assertEquals(8_000, grown(1_000, 2_000, 2_000, 2_000, 16), 1e-6);
  }

  @Test
  void growthIsThatOfTheShareWantedHalfway() {
    assertEquals(20_000, grown(1_000, 2_000, 10_000, 10_000, 4), 1e-6);
  }

  @Test
  void asNearAShareOfTheItemsIsEnough() {
    assertEquals(50_000, grown(10_000, 40_000, 40_000, 5_000, 10), 1e-3, "ten times the share");
    assertEquals(40_000, grown(10_000, 40_000, 40_000, 320, 10), 1e-3, "but no fewer");
  }

  @Test
  void nothingOutgrowsTheCatalogue() {
    assertEquals(400_000, grown(10, 40_000, 40_000, 40_000, 10), 1e-3);
  }
}
