package dev.slate.sim.metric;

import dev.slate.kernel.ItemSet;
import dev.slate.sim.StepState;

/** Shares of impressions and picks in this step. */
final class StepShares {
  private StepShares() {}

  /** Share of what was shown that is in a set. */
  static MetricFunction shown(ItemSet items) {
    return state -> {
      double in = 0;
      double all = 0;
      for (int user = 0; user < state.users(); user++) {
        for (int rank = 0; rank < state.shown(user); rank++) {
          in += items.contains(state.item(user, rank)) ? 1 : 0;
          all++;
        }
      }
      return in / all;
    };
  }

  /** Share of the picks that went to one item. */
  static MetricFunction picked(int item) {
    return UserMeans.overPickers(
        (state, user) -> state.item(user, state.chosen(user)) == item ? 1 : 0);
  }

  static double present(StepState state) {
    double present = 0;
    for (int user = 0; user < state.users(); user++) {
      present += state.present(user) ? 1 : 0;
    }
    return present / state.users();
  }
}
