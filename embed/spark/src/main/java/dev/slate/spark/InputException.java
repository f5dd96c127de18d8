package dev.slate.spark;

import org.apache.spark.TaskContext;

/** Items or queries that cannot be used. The message names the item by its id. */
public final class InputException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  /**
   * Creates an exception.
   *
   * @param message what is wrong, and with which item or query
   */
  public InputException(String message) {
    super(message);
  }

  private InputException(InputException inTask, Throwable job) {
    super(inTask.getMessage(), job);
  }

  /**
   * Leaves out the stack in a task, where rows are at fault and no call is: Spark logs each attempt
   * of a task, and a stack would hide the message.
   */
  @Override
  public synchronized Throwable fillInStackTrace() {
    return TaskContext.get() == null ? super.fillInStackTrace() : this;
  }

  /**
   * Finds what a failed job says about its input.
   *
   * @param failure what Spark threw
   * @return the input's fault, with the failure as its cause, or the failure itself
   */
  static RuntimeException of(Throwable failure) {
    if (failure instanceof InputException input) {
      return input;
    }
    for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof InputException input) {
        return new InputException(input, failure);
      }
    }
    return failure instanceof RuntimeException runtime
        ? runtime
        : new IllegalStateException(failure);
  }
}
