package dev.slate.sim;

/**
 * Decides what a user is shown. One instance serves one run; {@link #select} is called by many
 * threads at once, so it must not change its fields there: scratch and random numbers come with the
 * {@link SelectorContext}.
 *
 * <p>A selector of your own: implement this, and name the class in the file {@code
 * META-INF/services/dev.slate.sim.Selector} of its jar. Then {@code slate sim --selector NAME
 * --plugin YOUR.jar} finds it. {@code SelectorContract}, in this module's {@code contract} jar,
 * tells whether it keeps its promises.
 */
public interface Selector {
  /**
   * The name on the command line.
   *
   * @return lower case words joined by hyphens
   */
  String name();

  /**
   * What it does, in one line.
   *
   * @return a sentence without a full stop
   */
  String description();

  /**
   * How many of a user's latest picks {@link SelectorContext#history} holds. Each costs 12 bytes a
   * user.
   *
   * @return at least 0; 0 unless overridden
   */
  default int history() {
    return 0;
  }

  /**
   * Prepares for a run. Called once, before all else.
   *
   * @param settings the settings of the run
   * @throws SettingException if the settings lack what the selector needs
   */
  default void open(RunSettings settings) {}

  /**
   * Reads the state of all users before a step, on one thread.
   *
   * @param state all users after the step before
   */
  default void beforeStep(StepState state) {}

  /**
   * Fills one slate: k items, or as many as are eligible, best first, none twice. The same user and
   * step give the same slate.
   *
   * @param context the user, and access to the catalogue
   * @param slate receives the items
   */
  void select(SelectorContext context, SlateBuilder slate);
}
