package dev.slate.recommend.online;

import dev.slate.recommend.Feedback;
import dev.slate.recommend.Kind;
import dev.slate.recommend.Names;
import dev.slate.sim.StepState;

/**
 * Turns the slates and picks of a simulation into feedback, as {@code impressions.csv} has them.
 */
final class ImpressionLog {
  private final Feedback.Builder rows;

  /** Starts a log. Ordinals of users and items are those of the simulation. */
  ImpressionLog(Names users, Names items) {
    this.rows = Feedback.builder(users, items);
  }

  /** Appends the rows of another log. */
  void add(Feedback log) {
    for (int row = 0; row < log.size(); row++) {
      rows.add(log.user(row), log.item(row), log.value(row), log.time(row), log.kind(row));
    }
  }

  /** Appends what users were shown last. */
  void add(StepState state, long time) {
    for (int user = 0; user < state.users(); user++) {
      for (int rank = 0; rank < state.shown(user); rank++) {
        Kind kind = rank == state.chosen(user) ? Kind.CLICK : Kind.SHOWN;
        rows.add(user, state.item(user, rank), 1, time, kind);
      }
    }
  }

  Feedback build() {
    return rows.build();
  }
}
