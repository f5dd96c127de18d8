package dev.slate.sim;

/**
 * The latest picks of one user, as a platform has them in its log; valid during one call of {@link
 * Selector#select}.
 */
public interface History {
  /**
   * Number of picks that are remembered.
   *
   * @return at most what {@link Selector#history} asks for
   */
  int size();

  /**
   * A picked item.
   *
   * @param back 0 for the latest pick, 1 for the one before
   * @return its ordinal
   * @throws IndexOutOfBoundsException if back is not in 0..size-1
   */
  int item(int back);

  /**
   * When an item was picked.
   *
   * @param back 0 for the latest pick, 1 for the one before
   * @return the step, from 1
   * @throws IndexOutOfBoundsException if back is not in 0..size-1
   */
  int step(int back);

  /**
   * What the user said about a pick.
   *
   * @param back 0 for the latest pick, 1 for the one before
   * @return her reaction
   * @throws IndexOutOfBoundsException if back is not in 0..size-1
   */
  Reaction reaction(int back);
}
