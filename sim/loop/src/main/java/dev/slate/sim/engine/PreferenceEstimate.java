package dev.slate.sim.engine;

import dev.slate.sim.Reaction;

/**
 * The system's estimate of a hidden preference: a mean of the picked items, in which the weight of
 * a pick falls by a fifth with each later one. If users react, a pick is weighted by the reaction:
 * no reaction counts a quarter of a like, a double like two, and a dislike repels.
 */
final class PreferenceEstimate {
  private static final float PICK = 0.2f;
  private static final float SILENT = 0.05f;
  private static final float LIKE = 0.2f;
  private static final float DOUBLE_LIKE = 0.4f;
  private static final float DISLIKE = -0.05f;

  private PreferenceEstimate() {}

  /**
   * Learns from a pick.
   *
   * @param estimate attributes of the estimate from {@code at}, changed in place
   * @param item the picked item
   * @param reaction the reaction to it
   * @param reacts whether users ever react
   */
  static void learn(float[] estimate, int at, float[] item, Reaction reaction, boolean reacts) {
    float rate = reacts ? rate(reaction) : PICK;
    for (int j = 0; j < item.length; j++) {
      float moved = estimate[at + j] + rate * (item[j] - estimate[at + j]);
      estimate[at + j] = rate < 0 ? Math.clamp(moved, -1f, 1f) : moved;
    }
  }

  private static float rate(Reaction reaction) {
    return switch (reaction) {
      case NONE -> SILENT;
      case LIKE -> LIKE;
      case DOUBLE_LIKE -> DOUBLE_LIKE;
      case DISLIKE -> DISLIKE;
    };
  }
}
