package dev.slate.sim;

/**
 * Behavior that the plain model leaves out; each part is off at 0.
 *
 * @param boredom how tired a user gets of an author and of a region of the attributes (the signs of
 *     the first eight), 0..1: an item is passed over with probability {@code boredom x satiation},
 *     and liked less by as much. Satiation follows the linear system of Leqi et al. 2021,
 *     "Rebounding Bandits for Modeling Satiation Effects", scaled so that it tends to 1 with what
 *     is picked at every step and to 0 with what is not; the larger of the author's and the
 *     region's counts. A user who passes over everything picks nothing. Published simulations
 *     choose 0.25 (RecLab's {@code topics-dynamic-v1}: 1 of 4 stars, by the last 5 picks) and 0.75
 *     with a recovery of 0.5 (its {@code topics-satiation-v1}: 3 stars times 0.5 / (1 - 0.5), of 4)
 * @param recovery share of the way to 1 or to 0 that a satiation goes in a step, 0..1; about 1 /
 *     recovery of the last steps are remembered
 * @param hidden whether the system must estimate preferences from picks instead of reading them
 * @param gamers share of users who game their feed: they pick, of what they are shown, what is
 *     nearest to whom they were at the start
 * @param leaving probability that a wholly dissatisfied user leaves after a step; a satisfied one
 *     stays
 * @param wariness probability that a disclosed advertisement is passed over
 */
public record Behavior(
    double boredom,
    double recovery,
    boolean hidden,
    double gamers,
    double leaving,
    double wariness) {
  /** The plain model. */
  public static final Behavior NONE = new Behavior(0, 0.2, false, 0, 0, 0);

  /**
   * Creates habits.
   *
   * @throws IllegalArgumentException if a number is not from 0 to 1
   */
  public Behavior {
    share("boredom", boredom);
    share("recovery", recovery);
    share("gamers", gamers);
    share("leaving", leaving);
    share("wariness", wariness);
  }

  private static void share(String name, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException(name + " must be from 0 to 1, but it is " + value);
    }
  }
}
