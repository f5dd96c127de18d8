package dev.slate.recommend;

import java.util.Locale;

/** Data that a model cannot be trained on, or that cannot be divided for a test. */
public final class TrainingException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Data data;
  private final String problem;

  /** The data that can be at fault. */
  public enum Data {
    /** The log of feedback. */
    FEEDBACK,
    /** The features of the items. */
    ITEM_FEATURES,
    /** The features of the users. */
    USER_FEATURES,
    /** The division of the log into rows to learn from and rows to judge by. */
    SPLIT
  }

  /**
   * Data that a model cannot be trained on.
   *
   * @param data which data
   * @param problem what is wrong, in a few words, without a full stop
   */
  public TrainingException(Data data, String problem) {
    super(data.name().toLowerCase(Locale.ROOT).replace('_', ' ') + ": " + problem);
    this.data = data;
    this.problem = problem;
  }

  /**
   * The data at fault.
   *
   * @return as given
   */
  public Data data() {
    return data;
  }

  /**
   * What is wrong, without the name of the data.
   *
   * @return as given
   */
  public String problem() {
    return problem;
  }
}
