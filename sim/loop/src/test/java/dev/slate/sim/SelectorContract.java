package dev.slate.sim;

import static org.junit.jupiter.api.Assertions.assertNull;

import dev.slate.sim.check.SelectorRule;
import org.junit.jupiter.api.Test;

/**
 * What every {@link Selector} promises. Extend it to find out whether yours keeps it:
 *
 * <pre>{@code
 * class MySelectorTest extends SelectorContract {
 *   protected Selector selector() {
 *     return new MySelector();
 *   }
 * }
 * }</pre>
 *
 * <p>It comes in the {@code contract} jar of {@code slate-sim} and needs JUnit 5.
 */
public abstract class SelectorContract {
  /**
   * The selector to test.
   *
   * @return a new instance at each call
   */
  protected abstract Selector selector();

  /**
   * The smallest slate that the selector can fill.
   *
   * @return 1 unless overridden
   */
  protected int smallestSlate() {
    return 1;
  }

  private void keeps(SelectorRule rule) {
    String breach = rule.check(this::selector, smallestSlate());
    assertNull(breach, () -> "a selector " + rule.promise() + ": " + breach);
  }

  @Test
  void hasANameForTheCommandLine() {
    keeps(SelectorRule.NAME);
  }

  @Test
  void returnsKItems() {
    keeps(SelectorRule.FILLS);
  }

  @Test
  void returnsAllWhereKIsLarger() {
    keeps(SelectorRule.SHOWS_ALL);
  }

  @Test
  void repeatsNothing() {
    keeps(SelectorRule.REPEATS_NOTHING);
  }

  @Test
  void isStable() {
    keeps(SelectorRule.SAME);
  }

  @Test
  void showsEligibleItemsOnly() {
    keeps(SelectorRule.ELIGIBLE);
  }
}
