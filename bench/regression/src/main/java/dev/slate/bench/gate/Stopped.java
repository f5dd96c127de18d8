package dev.slate.bench.gate;

/** A fork was ended before it was done: by the user, or because the budget is spent. */
final class Stopped extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean byUser;

  Stopped(boolean byUser) {
    super(byUser ? "interrupted" : "out of time", null, false, false);
    this.byUser = byUser;
  }

  boolean byUser() {
    return byUser;
  }
}
