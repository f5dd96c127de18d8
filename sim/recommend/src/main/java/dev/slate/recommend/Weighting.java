package dev.slate.recommend;

import java.util.EnumMap;
import java.util.Map;

/**
 * How much a row of feedback counts as evidence that a user likes an item: a weight for each kind,
 * and how the row's value scales it. Positive weights are evidence for the item, negative ones
 * against it, 0 is none. Immutable.
 */
public final class Weighting {
  /** How a row's value scales the weight of its kind. */
  public enum Scale {
    /** Not at all. */
    NONE,
    /** {@code value}. */
    LINEAR,
    /** {@code log2(1 + value)}, for counts and seconds; values below 0 count as 0. */
    LOG
  }

  private final Map<Kind, Double> weights;
  private final Scale scale;
  private final double threshold;
  private final boolean bothSigns;

  private Weighting(Map<Kind, Double> weights, Scale scale, double threshold, boolean bothSigns) {
    this.weights = weights;
    this.scale = scale;
    this.threshold = threshold;
    this.bothSigns = bothSigns;
  }

  /**
   * The usual weighting: each kind weighs 1 and values do not matter, but {@link Kind#SHOWN} weighs
   * 0, {@link Kind#THUMB_DOWN} -1 and {@link Kind#DOUBLE_THUMB_UP} 2; every rating is evidence.
   *
   * @return the weighting
   */
  public static Weighting usual() {
    Map<Kind, Double> weights = new EnumMap<>(Kind.class);
    for (Kind kind : Kind.values()) {
      weights.put(kind, 1.0);
    }
    weights.put(Kind.SHOWN, 0.0);
    weights.put(Kind.THUMB_DOWN, -1.0);
    weights.put(Kind.DOUBLE_THUMB_UP, 2.0);
    return new Weighting(weights, Scale.NONE, Double.NEGATIVE_INFINITY, false);
  }

  /**
   * Changes the weight of a kind.
   *
   * @param kind which
   * @param weight a finite number
   * @return a new weighting
   * @throws IllegalArgumentException if the weight is not finite
   */
  public Weighting weight(Kind kind, double weight) {
    if (!Double.isFinite(weight)) {
      throw new IllegalArgumentException("the weight of " + kind.word() + " is " + weight);
    }
    Map<Kind, Double> changed = new EnumMap<>(weights);
    changed.put(kind, weight);
    return new Weighting(changed, scale, threshold, bothSigns);
  }

  /**
   * Changes how values scale weights. Ratings and thumbs are not scaled.
   *
   * @param to the scale
   * @return a new weighting
   */
  public Weighting scale(Scale to) {
    return new Weighting(weights, to, threshold, bothSigns);
  }

  /**
   * Sets from which rating on a rating is positive. Lower ones weigh 0, or, with {@link
   * #bothSigns}, minus the weight of a rating.
   *
   * @param rating the lowest positive rating
   * @return a new weighting
   */
  public Weighting positiveFrom(double rating) {
    return new Weighting(weights, scale, rating, bothSigns);
  }

  /**
   * Sets whether negative evidence counts, or is left out (the default).
   *
   * @param both whether negative weights are kept
   * @return a new weighting
   */
  public Weighting bothSigns(boolean both) {
    return new Weighting(weights, scale, threshold, both);
  }

  /**
   * The weight of a row.
   *
   * @param kind its kind
   * @param value its value, finite
   * @return a finite number; not negative unless both signs count
   */
  public double of(Kind kind, float value) {
    double weight = weights.getOrDefault(kind, 0.0);
    weight =
        switch (kind) {
          case RATING -> value >= threshold ? weight : -weight;
          case THUMB_DOWN, THUMB_UP, DOUBLE_THUMB_UP -> weight;
          default -> weight * scaled(value);
        };
    return bothSigns ? weight : Math.max(0, weight);
  }

  private double scaled(float value) {
    return switch (scale) {
      case NONE -> 1;
      case LINEAR -> value;
      case LOG -> Math.log1p(Math.max(0, value)) / Math.log(2);
    };
  }
}
