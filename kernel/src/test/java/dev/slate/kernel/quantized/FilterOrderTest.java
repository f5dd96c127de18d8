package dev.slate.kernel.quantized;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;

class FilterOrderTest {
  private static final int BLOCKS = 6_400;

  private final FilterOrder order = new FilterOrder();

  /** Number of blocks for which the filter was asked first. */
  private int asked(IntPredicate some) {
    order.start(true);
    int asked = 0;
    for (int b = 0; b < BLOCKS; b++) {
      if (order.filterFirst()) {
        order.asked(some.test(b));
        asked++;
      }
    }
    return asked;
  }

  @Test
  void noFilterIsNeverAsked() {
    order.start(false);
    assertFalse(order.filterFirst());
  }

  @Test
  void aFilterThatLeavesMostBlocksWithoutItemsIsAlwaysAsked() {
    assertEquals(BLOCKS, asked(b -> b % 3 == 0));
    assertEquals(BLOCKS, asked(b -> false));
  }

  @Test
  void aFilterThatAdmitsSomeOfEachBlockIsTriedNowAndThen() {
    int left = BLOCKS - FilterOrder.START;
    assertEquals(FilterOrder.START + left / FilterOrder.TRIAL, asked(b -> true));
  }

  /** The filter admits all of the first half, and nothing of the second. */
  @Test
  void theOrderChangesWithinASearch() {
    int half = BLOCKS / 2;
    int left = half - FilterOrder.START;
    int late = left % FilterOrder.TRIAL; // since the last trial
    int asked = FilterOrder.START + left / FilterOrder.TRIAL + half + late - FilterOrder.TRIAL + 1;
    assertEquals(asked, asked(b -> b < half));
  }

  /** What one search has learnt would be wrong for the filter of the next. */
  @Test
  void eachSearchStartsAnew() {
    assertEquals(asked(b -> true), asked(b -> true));
    assertEquals(BLOCKS, asked(b -> false));
    assertEquals(
        FilterOrder.START + (BLOCKS - FilterOrder.START) / FilterOrder.TRIAL, asked(b -> true));
  }
}
