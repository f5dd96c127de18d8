package dev.slate.sim;

/** How a pick changes the user's preference. */
@FunctionalInterface
public interface Drift {
  /**
   * Moves a preference.
   *
   * @param preference d attributes, changed in place
   * @param item the d attributes of the picked item
   * @param gaussian a draw from the standard normal distribution
   */
  void move(float[] preference, float[] item, double gaussian);
}
