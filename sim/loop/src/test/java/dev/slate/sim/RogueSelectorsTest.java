package dev.slate.sim;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** The contract kit finds out those who break it. */
class RogueSelectorsTest {
  private record Rogue(String name, BiConsumer<SelectorContext, SlateBuilder> way)
      implements Selector {
    @Override
    public String description() {
      return "breaks a promise";
    }

    @Override
    public void select(SelectorContext context, SlateBuilder slate) {
      way.accept(context, slate);
    }
  }

  private static void isCaught(
      Consumer<SelectorContract> promise,
      String name,
      BiConsumer<SelectorContext, SlateBuilder> way) {
    SelectorContract contract =
        new SelectorContract() {
          @Override
          protected Selector selector() {
            return new Rogue(name, way);
          }
        };
    assertThrows(AssertionError.class, () -> promise.accept(contract));
  }

  @Test
  void tooFew() {
    BiConsumer<SelectorContext, SlateBuilder> three = (context, slate) -> upTo(3, slate);
    isCaught(SelectorContract::returnsKItems, "three", three);
    isCaught(SelectorContract::returnsAllWhereKIsLarger, "three", three);
  }

  @Test
  void theSameAgain() {
    BiConsumer<SelectorContext, SlateBuilder> same =
        (context, slate) -> {
          for (int i = 0; i < slate.k(); i++) {
            slate.add(7);
          }
        };
    isCaught(SelectorContract::returnsKItems, "same", same);
  }

  @Test
  void whatMayNotBeShown() {
    isCaught(
        SelectorContract::showsEligibleItemsOnly,
        "first",
        (context, slate) -> upTo(slate.k(), slate));
  }

  @Test
  void anotherOrderEachTime() {
    AtomicInteger visits = new AtomicInteger();
    isCaught(
        SelectorContract::isStable,
        "moody",
        (context, slate) -> {
          slate.add(visits.incrementAndGet() % 50);
          context.fillNearest(context.preference(), slate);
        });
  }

  @Test
  void aNameThatCannotBeTyped() {
    isCaught(SelectorContract::hasANameForTheCommandLine, "My Selector", (context, slate) -> {});
  }

  private static void upTo(int count, SlateBuilder slate) {
    for (int item = 0; item < count; item++) {
      slate.add(item);
    }
  }
}
