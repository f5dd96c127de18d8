package dev.slate.sim.metric;

import dev.slate.sim.StepState;
import java.util.function.IntPredicate;

/** Means over the users who take part, each summed in the order of the users. */
final class UserMeans {
  private UserMeans() {}

  /** A number of one user. */
  @FunctionalInterface
  interface OfUser {
    double of(StepState state, int user);
  }

  /** A property of one user. */
  @FunctionalInterface
  interface IsUser {
    boolean test(StepState state, int user);
  }

  /** The mean over those of a group who take part. */
  static MetricFunction over(OfUser number, IsUser group) {
    return state -> mean(state, number, user -> state.present(user) && group.test(state, user));
  }

  static MetricFunction over(OfUser number) {
    return state -> mean(state, number, state::present);
  }

  /** The mean over those who picked. */
  static MetricFunction overPickers(OfUser number) {
    return state -> mean(state, number, user -> state.chosen(user) >= 0);
  }

  private static double mean(StepState state, OfUser number, IntPredicate counts) {
    double sum = 0;
    int count = 0;
    for (int user = 0; user < state.users(); user++) {
      if (counts.test(user)) {
        sum += number.of(state, user);
        count++;
      }
    }
    return count == 0 ? Double.NaN : sum / count;
  }

  static double movement(StepState state, int user) {
    double sum = 0;
    for (int j = 0; j < state.settings().catalog().dimensions(); j++) {
      double t = (double) state.preference(user, j) - state.origin(user, j);
      sum += t * t;
    }
    return Math.sqrt(sum);
  }

  static double extremity(StepState state, int user) {
    int d = state.settings().catalog().dimensions();
    double sum = 0;
    for (int j = 0; j < d; j++) {
      sum += Math.abs(state.preference(user, j));
    }
    return sum / d;
  }

  static double estimateError(StepState state, int user) {
    double sum = 0;
    for (int j = 0; j < state.settings().catalog().dimensions(); j++) {
      double t = (double) state.preference(user, j) - state.estimate(user, j);
      sum += t * t;
    }
    return Math.sqrt(sum);
  }

  /** Distance from the centre of the cube. */
  static double size(StepState state, int user) {
    double sum = 0;
    for (int j = 0; j < state.settings().catalog().dimensions(); j++) {
      double t = state.preference(user, j);
      sum += t * t;
    }
    return Math.sqrt(sum);
  }

  /** How much closer to a value of one attribute a user has come since the start. */
  static OfUser pull(int attribute, float value) {
    return (state, user) ->
        Math.abs((double) state.origin(user, attribute) - value)
            - Math.abs((double) state.preference(user, attribute) - value);
  }

  /** How much closer to a point a user has come since the start. */
  static OfUser gain(float[] point) {
    return (state, user) -> {
      double before = 0;
      double now = 0;
      for (int j = 0; j < point.length; j++) {
        double t = (double) state.origin(user, j) - point[j];
        before += t * t;
        t = (double) state.preference(user, j) - point[j];
        now += t * t;
      }
      return Math.sqrt(before) - Math.sqrt(now);
    };
  }
}
