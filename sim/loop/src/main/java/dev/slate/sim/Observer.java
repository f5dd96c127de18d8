package dev.slate.sim;

/** Watches a run. Called on one thread, once for the start and once after each step. */
@FunctionalInterface
public interface Observer {
  /**
   * Looks at everybody.
   *
   * @param moment the state after a step
   */
  void see(Moment moment);
}
