package dev.slate.sim;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** The contract kit finds out those who break it. */
class RogueSelectorsTest {
  private record Rogue(String name, BiConsumer<Visit, Offer> way) implements Selector {
    @Override
    public String description() {
      return "breaks a promise";
    }

    @Override
    public void select(Visit visit, Offer offer) {
      way.accept(visit, offer);
    }
  }

  private static void isCaught(
      Consumer<SelectorContract> promise, String name, BiConsumer<Visit, Offer> way) {
    SelectorContract contract =
        new SelectorContract() {
          @Override
          protected Selector selector() {
            return new Rogue(name, way);
          }

          @Override
          protected Duration perVisit() {
            return Duration.ofNanos(10_000);
          }
        };
    assertThrows(AssertionError.class, () -> promise.accept(contract));
  }

  @Test
  void tooFew() {
    BiConsumer<Visit, Offer> three = (visit, offer) -> upTo(3, offer);
    isCaught(SelectorContract::returnsKItems, "three", three);
    isCaught(SelectorContract::returnsAllWhereKIsLarger, "three", three);
  }

  @Test
  void theSameAgain() {
    BiConsumer<Visit, Offer> same =
        (visit, offer) -> {
          for (int i = 0; i < offer.k(); i++) {
            offer.add(7);
          }
        };
    isCaught(SelectorContract::returnsKItems, "same", same);
  }

  @Test
  void whatMayNotBeShown() {
    isCaught(
        SelectorContract::showsEligibleItemsOnly,
        "first",
        (visit, offer) -> upTo(offer.k(), offer));
  }

  @Test
  void anotherOrderEachTime() {
    AtomicInteger visits = new AtomicInteger();
    isCaught(
        SelectorContract::isStable,
        "moody",
        (visit, offer) -> {
          offer.add(visits.incrementAndGet() % 50);
          visit.fillNearest(visit.preference(), offer);
        });
  }

  @Test
  void tooSlow() {
    isCaught(
        SelectorContract::isInTime,
        "slow",
        (visit, offer) -> {
          long end = System.nanoTime() + 100_000;
          while (System.nanoTime() < end) {
            Thread.onSpinWait();
          }
          visit.fillRandom(offer);
        });
  }

  @Test
  void aNameThatCannotBeTyped() {
    isCaught(SelectorContract::hasANameForTheCommandLine, "My Selector", (visit, offer) -> {});
  }

  private static void upTo(int count, Offer offer) {
    for (int item = 0; item < count; item++) {
      offer.add(item);
    }
  }
}
