package dev.slate.sim.measure;

import dev.slate.kernel.ItemSet;
import dev.slate.sim.Moment;

/** Shares of impressions and picks in this step. */
final class Shares {
  private Shares() {}

  /** Share of what was shown that is in a set. */
  static Gauge shown(ItemSet items) {
    return moment -> {
      double in = 0;
      double all = 0;
      for (int user = 0; user < moment.users(); user++) {
        for (int rank = 0; rank < moment.shown(user); rank++) {
          in += items.contains(moment.item(user, rank)) ? 1 : 0;
          all++;
        }
      }
      return in / all;
    };
  }

  /** Share of the picks that went to one item. */
  static Gauge picked(int item) {
    return Means.overPickers(
        (moment, user) -> moment.item(user, moment.chosen(user)) == item ? 1 : 0);
  }

  static double present(Moment moment) {
    double present = 0;
    for (int user = 0; user < moment.users(); user++) {
      present += moment.present(user) ? 1 : 0;
    }
    return present / moment.users();
  }
}
