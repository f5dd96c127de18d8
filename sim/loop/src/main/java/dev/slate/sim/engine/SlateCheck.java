package dev.slate.sim.engine;

import dev.slate.sim.ItemCatalog;
import dev.slate.sim.RunSettings;
import dev.slate.sim.Selector;
import dev.slate.sim.SettingException;
import dev.slate.sim.SettingException.Setting;
import dev.slate.sim.SlateBuilder;

/**
 * Refuses slates that break the contract of {@link Selector}: too short, with items that may not be
 * shown, or different when asked for again. Selectors that come with Slate are trusted to be the
 * same when asked again; of others the first users of the first steps are asked twice.
 */
final class SlateCheck {
  private static final String BUILT_IN = "dev.slate.sim.select";
  private static final int USERS = 64;
  private static final int STEPS = 3;

  private final RunSettings settings;
  private final Selector selector;
  private final int wanted;
  private final boolean builtIn;

  SlateCheck(RunSettings settings, Selector selector, int wanted) {
    this.settings = settings;
    this.selector = selector;
    this.wanted = wanted;
    this.builtIn = selector.getClass().getPackageName().equals(BUILT_IN);
  }

  /** Whether a user's slate is asked for twice. */
  boolean asksTwice(int user, int step) {
    return !builtIn && user < USERS && step <= STEPS;
  }

  /** Refuses a slate that is too short or holds an item that may not be shown. */
  void complete(SlateBuilder slate, int user, int step) {
    for (int rank = 0; rank < slate.size(); rank++) {
      if (!settings.eligible(slate.item(rank))) {
        throw broken(
            "shows item "
                + slate.item(rank)
                + ", which the filters keep out, to user "
                + user
                + " in step "
                + step,
            null);
      }
    }
    if (slate.size() < wanted && moreWouldFit(slate)) {
      throw broken(
          "fills "
              + slate.size()
              + " of "
              + wanted
              + " places for user "
              + user
              + " in step "
              + step
              + " (an item that is given twice counts once)",
          null);
    }
  }

  private boolean moreWouldFit(SlateBuilder slate) {
    ItemCatalog catalog = settings.catalog();
    for (int item = 0; item < catalog.size(); item++) {
      if (settings.eligible(item)
          && !slate.exhausted(catalog.author(item))
          && !slate.contains(item)) {
        return true;
      }
    }
    return false;
  }

  /** Refuses a slate that differs from the one that the same call has filled before. */
  void same(SlateBuilder first, SlateBuilder second, int user, int step) {
    boolean same = first.size() == second.size();
    for (int rank = 0; same && rank < first.size(); rank++) {
      same = first.item(rank) == second.item(rank);
    }
    if (!same) {
      throw broken("gives user " + user + " two different slates in step " + step, null);
    }
  }

  /** What to throw where the selector itself has failed. */
  RuntimeException failed(Throwable failure, int user, int step) {
    if (failure instanceof SettingException known) {
      return known;
    }
    String at = "";
    for (StackTraceElement frame : failure.getStackTrace()) {
      if (frame.getClassName().equals(selector.getClass().getName())) {
        at = " at " + frame.getFileName() + ":" + frame.getLineNumber();
        break;
      }
    }
    String problem = "fails with " + failure + at + ", for user " + user + " in step " + step;
    return broken(problem, failure);
  }

  /**
   * What to throw where memory runs out in a selector: a plugin is told, as it may be its doing.
   */
  RuntimeException exhausted(OutOfMemoryError failure, int user, int step) {
    if (builtIn) {
      throw failure;
    }
    return failed(failure, user, step);
  }

  private RuntimeException broken(
      String problem, @org.jspecify.annotations.Nullable Throwable cause) {
    String message = "selector " + selector.name() + " " + problem;
    return builtIn
        ? new IllegalStateException(message, cause)
        : new SettingException(Setting.PLUGIN, message, cause);
  }
}
