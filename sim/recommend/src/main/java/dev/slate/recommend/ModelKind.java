package dev.slate.recommend;

import org.jspecify.annotations.Nullable;

/**
 * A way to train a retriever. Found by {@link java.util.ServiceLoader}; a kind of your own is named
 * in {@code META-INF/services/dev.slate.recommend.ModelKind} of its jar.
 */
public interface ModelKind {
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
   * Trains a model. Asks the settings for each of its own.
   *
   * @param training the data
   * @return the model
   * @throws dev.slate.data.InputException if the data lack what the model needs, or a setting is
   *     out of range
   */
  Retriever train(Training training);

  /**
   * Makes a model out of what was stored of it. Trains again unless overridden, which suits models
   * whose training is quick and reads the log alone.
   *
   * @param training the data that it was trained on
   * @param factors its vectors, or null where it has none
   * @return the same model
   */
  default Retriever restore(Training training, @Nullable Factors factors) {
    return train(training);
  }
}
