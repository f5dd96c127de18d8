package dev.slate.sim.metric;

import dev.slate.sim.StepState;

/** Shares of the users in this step. */
final class StepShares {
  private StepShares() {}

  /** Share of the users who have not left. */
  static double present(StepState state) {
    double present = 0;
    for (int user = 0; user < state.users(); user++) {
      present += state.present(user) ? 1 : 0;
    }
    return present / state.users();
  }
}
