package dev.slate.recommend;

import java.util.Objects;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The input of training a model: data, settings and threads.
 *
 * @param feedback the log; its names are those of the model
 * @param interactions the log added up: users as rows, items as columns, positive evidence only
 * @param userFeatures one row for each user, or null
 * @param itemFeatures one row for each item, or null
 * @param settings of the model
 * @param seed decides all that is random
 * @param workers who carries it out; the result does not depend on their number
 * @param curve takes, for each pass over the data, its number from 1 and the loss
 */
public record Training(
    Feedback feedback,
    Interactions interactions,
    @Nullable Features userFeatures,
    @Nullable Features itemFeatures,
    Settings settings,
    long seed,
    Workers workers,
    BiConsumer<Integer, Double> curve) {
  /**
   * Checks for nulls.
   *
   * @param feedback not null
   * @param interactions not null
   * @param userFeatures may be null
   * @param itemFeatures may be null
   * @param settings not null
   * @param seed any number
   * @param workers not null
   * @param curve not null
   */
  public Training {
    Objects.requireNonNull(feedback, "feedback");
    Objects.requireNonNull(interactions, "interactions");
    Objects.requireNonNull(settings, "settings");
    Objects.requireNonNull(workers, "workers");
    Objects.requireNonNull(curve, "curve");
  }

  /**
   * The same training with other settings, for a model within a model.
   *
   * @param other its settings
   * @return a new training
   */
  public Training with(Settings other) {
    return new Training(
        feedback, interactions, userFeatures, itemFeatures, other, seed, workers, curve);
  }
}
