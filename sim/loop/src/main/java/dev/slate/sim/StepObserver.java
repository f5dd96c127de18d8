package dev.slate.sim;

/** Receives the state of a run, on one thread, at the start and after each step. */
@FunctionalInterface
public interface StepObserver {
  /**
   * Receives a state.
   *
   * @param state the state after a step
   */
  void observe(StepState state);
}
