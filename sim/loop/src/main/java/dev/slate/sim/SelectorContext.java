package dev.slate.sim;

import dev.slate.kernel.Slate;
import java.util.random.RandomGenerator;

/**
 * One user at one step, as a selector sees it, and the catalogue, searched by the kernel. Belongs
 * to one thread; valid during one call of {@link Selector#select}. Searches return eligible items
 * only.
 */
public interface SelectorContext {
  /**
   * Number of the user who is shown the slate.
   *
   * @return the user's number, from 0
   */
  int user();

  /**
   * Number of the step.
   *
   * @return the step, from 1
   */
  int step();

  /**
   * What the system takes the user's preference to be: the truth, or its estimate from picks where
   * preferences are hidden.
   *
   * @return d attributes; not to be changed
   */
  float[] preference();

  /**
   * How far picks have moved the user of late: the mean length of her last steps, exponentially
   * weighted with 0.8.
   *
   * @return a distance; infinity before the first pick
   */
  float recentMovement();

  /**
   * Random numbers of this user at this step, the same on every thread.
   *
   * @return a random generator
   */
  RandomGenerator random();

  /**
   * The user's latest picks and what she said about them.
   *
   * @return as many picks as {@link Selector#history} asks for, or all there are
   */
  History history();

  /**
   * Settings of the run.
   *
   * @return the catalogue, the size of a slate, and what is eligible
   */
  RunSettings settings();

  /**
   * Finds the eligible items nearest to a point.
   *
   * @param point d attributes
   * @param k how many, at least 1
   * @return at most k items, nearest first; valid until the next search
   */
  Slate nearest(float[] point, int k);

  /**
   * Draws an eligible item, each with the same probability.
   *
   * @return its ordinal; -1 if there is none
   */
  int randomItem();

  /**
   * Fills up a slate with the nearest eligible items that it admits.
   *
   * @param point d attributes
   * @param slate receives the items
   */
  void fillNearest(float[] point, SlateBuilder slate);

  /**
   * Fills up a slate with random eligible items that it admits, each with the same probability.
   *
   * @param slate receives the items
   */
  void fillRandom(SlateBuilder slate);
}
