package dev.slate.sim;

/**
 * Decides what a user is shown. One instance serves one run; {@link #select} is called by many
 * threads at once, so what it shares it must not change: all scratch and luck come with the {@link
 * Visit}.
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
   * Prepares for a run. Called once, before all else.
   *
   * @param setting what the run is about
   * @throws dev.slate.data.InputException if the setting lacks what the selector needs
   */
  default void open(Setting setting) {}

  /**
   * Looks at everybody between two steps, on one thread.
   *
   * @param people everybody, as the step before left them
   */
  default void beforeStep(Moment people) {}

  /**
   * Fills one slate: k items, or as many as are eligible, best first, none twice. The same visit
   * gives the same slate.
   *
   * @param visit the user, and access to the catalogue
   * @param offer receives the items
   */
  void select(Visit visit, Offer offer);
}
