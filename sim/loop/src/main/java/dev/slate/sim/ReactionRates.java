package dev.slate.sim;

/**
 * How often users say what they think of their picks. A user who dislikes, likes or likes very much
 * what she picked says so with a probability of its own; the system sees the {@link Reaction}.
 *
 * <p>Liking is 1 - distance / (2 sqrt(d)), less boredom. The three bounds are chosen: on the
 * built-in catalogue a random item lies between the first two on average, and the nearest five lie
 * above the third.
 *
 * @param dislike probability that she says that she dislikes a pick, 0..1
 * @param like probability that she says that she likes it, 0..1
 * @param doubleLike probability that she says that she likes it very much, 0..1
 */
public record ReactionRates(double dislike, double like, double doubleLike) {
  /** Liking below which a pick is disliked. */
  public static final double DISLIKED = 0.45;

  /** Liking from which on a pick is liked. */
  public static final double LIKED = 0.65;

  /** Liking from which on a pick is liked very much. */
  public static final double LOVED = 0.85;

  /** Users say nothing. */
  public static final ReactionRates NONE = new ReactionRates(0, 0, 0);

  /**
   * Creates feedback.
   *
   * @throws IllegalArgumentException if a probability is not from 0 to 1
   */
  public ReactionRates {
    probability("dislike", dislike);
    probability("like", like);
    probability("doubleLike", doubleLike);
  }

  private static void probability(String name, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException(name + " must be from 0 to 1, but it is " + value);
    }
  }

  /**
   * Tells whether users ever react.
   *
   * @return false if all probabilities are 0
   */
  public boolean given() {
    return dislike > 0 || like > 0 || doubleLike > 0;
  }

  /**
   * The reaction to a pick.
   *
   * @param liking how much she likes it, at most 1
   * @param uniform a draw from the uniform distribution on [0, 1)
   * @return what she says
   */
  public Reaction reaction(double liking, double uniform) {
    if (liking < DISLIKED) {
      return uniform < dislike ? Reaction.DISLIKE : Reaction.NONE;
    }
    if (liking >= LOVED) {
      return uniform < doubleLike ? Reaction.DOUBLE_LIKE : Reaction.NONE;
    }
    return liking >= LIKED && uniform < like ? Reaction.LIKE : Reaction.NONE;
  }
}
