package dev.slate.kernel.query;

/** Ends a search whose time is up. Without a stack trace, so that it costs nothing. */
public final class OutOfTime extends RuntimeException {
  private static final long serialVersionUID = 1L;

  @SuppressWarnings("StaticAssignmentOfThrowable") // it carries nothing but itself
  static final OutOfTime INSTANCE = new OutOfTime();

  private OutOfTime() {
    super("the time of a search is up", null, false, false);
  }
}
