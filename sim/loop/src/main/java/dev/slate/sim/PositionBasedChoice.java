package dev.slate.sim;

/**
 * A choice by place and by liking: rank r is picked with a probability proportional to {@code P(r)
 * exp(strength x liking)}, where P is the law of another choice and liking is 1 for an item exactly
 * at the user's preference and 0 for one as far away as the cube [-1, 1]^d allows.
 *
 * <p>It is the position-based click model (Craswell et al. 2008, "An Experimental Comparison of
 * Click Position-Bias Models"): a pick needs a look, whose probability falls with the place, and
 * appeal, here a logit of liking (McFadden 1974), on the condition that one item is picked.
 *
 * @param position the law of the places
 * @param strength weight of liking, at least 0; 0 leaves the law of the places
 */
public record PositionBasedChoice(Choice position, double strength) implements Choice {
  /**
   * Creates a choice.
   *
   * @throws IllegalArgumentException if the strength is not a number from 0 to 1000
   */
  public PositionBasedChoice {
    if (!(strength >= 0 && strength <= 1_000)) {
      throw new IllegalArgumentException("strength must be from 0 to 1000, but it is " + strength);
    }
  }

  @Override
  public double[] cumulative(int k) {
    return position.cumulative(k);
  }
}
