package dev.slate.sim.engine;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slate.kernel.ItemSet;
import dev.slate.sim.ItemCatalog;
import dev.slate.sim.RunSettings;
import dev.slate.sim.Selector;
import dev.slate.sim.SelectorContext;
import dev.slate.sim.Selectors;
import dev.slate.sim.SettingException;
import dev.slate.sim.SettingException.Setting;
import dev.slate.sim.Simulation;
import dev.slate.sim.SlateBuilder;
import dev.slate.sim.TestCatalogs;
import java.util.List;
import org.junit.jupiter.api.Test;

class SlateCheckTest {
  private static final Selector NEAREST = Selectors.create("nearest");

  private final ItemCatalog catalog = TestCatalogs.four();

  /** Somebody else's. */
  private static final class Foreign implements Selector {
    @Override
    public String name() {
      return "foreign";
    }

    @Override
    public String description() {
      return "is somebody else's";
    }

    @Override
    public void select(SelectorContext context, SlateBuilder slate) {
      throw new IllegalStateException("no");
    }
  }

  private final Selector foreign = new Foreign();

  private SlateCheck check(Selector selector, int wanted, int... eligible) {
    ItemSet set = ItemSet.unbound(4);
    for (int item : eligible) {
      set.add(item);
    }
    RunSettings settings = new RunSettings(catalog, 3, List.of(), true, set, eligible.length);
    return new SlateCheck(settings, selector, wanted);
  }

  private SlateBuilder slate(int perAuthor, int... items) {
    SlateBuilder slate = new SlateBuilder(3, catalog, perAuthor);
    for (int item : items) {
      assertTrue(slate.add(item));
    }
    return slate;
  }

  @Test
  void theFirstUsersOfTheFirstStepsAreAskedTwice() {
    SlateCheck check = check(foreign, 3, 0, 1, 2, 3);
    assertTrue(check.asksTwice(0, 1));
    assertTrue(check.asksTwice(63, 3));
    assertFalse(check.asksTwice(64, 3));
    assertFalse(check.asksTwice(63, 4));
    assertFalse(check(NEAREST, 3, 0, 1, 2, 3).asksTwice(0, 1), "those of Slate are trusted");
  }

  @Test
  void aSlateHoldsAllItCan() {
    SlateCheck all = check(foreign, 3, 0, 1, 2, 3);
    assertDoesNotThrow(() -> all.complete(slate(3, 3, 1, 0), 4, 7));
    String reason =
        "selector foreign fills 2 of 3 places for user 4 in step 7 (an item that is given twice counts once)";
    assertEquals(reason, refusal(() -> all.complete(slate(3, 0, 2), 4, 7)));
    assertEquals(
        reason,
        refusal(() -> check(foreign, 3, 0, 1, 2).complete(slate(3, 0, 1), 4, 7)),
        "the last one that may be shown would fit");
    assertDoesNotThrow(() -> all.complete(slate(1, 0, 2), 4, 7), "enough of both authors");
    assertDoesNotThrow(
        () -> check(foreign, 3, 0, 1).complete(slate(3, 0, 1), 4, 7), "no other item");
    assertDoesNotThrow(
        () -> check(foreign, 2, 0, 1, 2).complete(slate(3, 0, 1), 4, 7), "no more wanted");
    assertThrows(
        SettingException.class, () -> all.complete(slate(1, 0), 4, 7), "enough of Ann alone");
  }

  @Test
  void aSlateHoldsOnlyWhatMayBeShown() {
    SlateCheck some = check(foreign, 2, 0, 2);
    assertDoesNotThrow(() -> some.complete(slate(3, 2, 0), 4, 7));
    assertEquals(
        "selector foreign shows item 1, which the filters keep out, to user 4 in step 7",
        refusal(() -> some.complete(slate(3, 2, 1), 4, 7)));
    assertThrows(
        IllegalStateException.class,
        () -> check(NEAREST, 1, 0).complete(slate(3, 1), 4, 7),
        "a bug");
  }

  @Test
  void twoSlatesOfOneCallAreTheSame() {
    SlateCheck check = check(foreign, 3, 0, 1, 2, 3);
    assertDoesNotThrow(() -> check.same(slate(3, 2, 1), slate(3, 2, 1), 5, 2));
    assertDoesNotThrow(() -> check.same(slate(3), slate(3), 5, 2));
    String reason = "selector foreign gives user 5 two different slates in step 2";
    assertEquals(reason, refusal(() -> check.same(slate(3, 2, 1), slate(3, 1, 2), 5, 2)));
    assertEquals(reason, refusal(() -> check.same(slate(3, 2, 1), slate(3, 2, 0), 5, 2)));
    assertEquals(reason, refusal(() -> check.same(slate(3, 1, 2), slate(3, 0, 2), 5, 2)));
    assertEquals(reason, refusal(() -> check.same(slate(3, 2), slate(3, 2, 1), 5, 2)));
    assertEquals(reason, refusal(() -> check.same(slate(3, 2, 1), slate(3, 2), 5, 2)));
  }

  @Test
  void aFailureNamesItsLine() {
    SlateCheck check = check(foreign, 3, 0, 1, 2, 3);
    SettingException known = new SettingException(Setting.CATALOG, "no items");
    assertSame(known, check.failed(known, 4, 7));
    RuntimeException thrown =
        assertThrows(
            IllegalStateException.class, () -> foreign.select(null, new SlateBuilder(3, catalog)));
    int line = thrown.getStackTrace()[0].getLineNumber();
    RuntimeException told = check.failed(thrown, 4, 7);
    assertInstanceOf(SettingException.class, told);
    assertEquals(Setting.PLUGIN, ((SettingException) told).setting());
    assertEquals(
        "selector foreign fails with java.lang.IllegalStateException: no at"
            + " SlateCheckTest.java:"
            + line
            + ", for user 4 in step 7",
        ((SettingException) told).problem());
    assertSame(thrown, told.getCause());
    String elsewhere = ((SettingException) check.failed(new Error("far"), 4, 7)).problem();
    assertEquals(
        "selector foreign fails with java.lang.Error: far, for user 4 in step 7", elsewhere);
  }

  /** Slate's own selectors use little memory: there the run is too large. */
  @Test
  void aPluginThatUsesUpTheMemoryIsNamed() {
    OutOfMemoryError full = new OutOfMemoryError("Java heap space");
    String problem = refusal(() -> raise(check(foreign, 1, 0).exhausted(full, 4, 7)));
    assertTrue(
        problem.startsWith(
            "selector foreign fails with java.lang.OutOfMemoryError: Java heap space"),
        problem);
    assertSame(
        full,
        assertThrows(OutOfMemoryError.class, () -> check(NEAREST, 1, 0).exhausted(full, 4, 7)));
  }

  private static void raise(RuntimeException told) {
    throw told;
  }

  /** Changes its mind at each call. */
  private static final class Moody implements Selector {
    private int calls;

    @Override
    public String name() {
      return "moody";
    }

    @Override
    public String description() {
      return "changes its mind";
    }

    @Override
    public void select(SelectorContext context, SlateBuilder slate) {
      slate.add(calls % 4);
      slate.add(++calls % 4);
    }
  }

  /** Shows one item, however many are wanted. */
  private static final class Curt implements Selector {
    @Override
    public String name() {
      return "curt";
    }

    @Override
    public String description() {
      return "shows one item";
    }

    @Override
    public void select(SelectorContext context, SlateBuilder slate) {
      slate.add(1);
    }
  }

  @Test
  void theEngineChecksEverySlate() {
    assertEquals(
        "selector moody gives user 0 two different slates in step 1",
        refusal(() -> new Simulation(catalog, new Moody()).size(1, 1, 2).run()));
    assertEquals(
        "selector curt fills 1 of 2 places for user 0 in step 1 (an item that is given twice counts once)",
        refusal(() -> new Simulation(catalog, new Curt()).size(1, 1, 2).run()));
  }

  private static String refusal(Runnable check) {
    SettingException refused = assertThrows(SettingException.class, check::run);
    assertEquals(Setting.PLUGIN, refused.setting());
    return refused.problem();
  }
}
