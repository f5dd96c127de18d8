package dev.slate.sim.measure;

import dev.slate.sim.Moment;
import java.util.function.IntPredicate;

/** Means over the users who take part, each summed in the order of the users. */
final class Means {
  private Means() {}

  /** A number of one user. */
  @FunctionalInterface
  interface OfUser {
    double of(Moment moment, int user);
  }

  static Gauge over(OfUser number) {
    return moment -> mean(moment, number, moment::present);
  }

  /** The mean over those who picked. */
  static Gauge overPickers(OfUser number) {
    return moment -> mean(moment, number, user -> moment.chosen(user) >= 0);
  }

  private static double mean(Moment moment, OfUser number, IntPredicate counts) {
    double sum = 0;
    int count = 0;
    for (int user = 0; user < moment.users(); user++) {
      if (counts.test(user)) {
        sum += number.of(moment, user);
        count++;
      }
    }
    return count == 0 ? Double.NaN : sum / count;
  }

  static double movement(Moment moment, int user) {
    double sum = 0;
    for (int j = 0; j < moment.setting().world().dimensions(); j++) {
      double t = (double) moment.preference(user, j) - moment.origin(user, j);
      sum += t * t;
    }
    return Math.sqrt(sum);
  }

  static double extremity(Moment moment, int user) {
    int d = moment.setting().world().dimensions();
    double sum = 0;
    for (int j = 0; j < d; j++) {
      sum += Math.abs(moment.preference(user, j));
    }
    return sum / d;
  }

  static double estimateError(Moment moment, int user) {
    double sum = 0;
    for (int j = 0; j < moment.setting().world().dimensions(); j++) {
      double t = (double) moment.preference(user, j) - moment.estimate(user, j);
      sum += t * t;
    }
    return Math.sqrt(sum);
  }

  /** How much closer to a point a user has come since the start. */
  static OfUser gain(float[] point) {
    return (moment, user) -> {
      double before = 0;
      double now = 0;
      for (int j = 0; j < point.length; j++) {
        double t = (double) moment.origin(user, j) - point[j];
        before += t * t;
        t = (double) moment.preference(user, j) - point[j];
        now += t * t;
      }
      return Math.sqrt(before) - Math.sqrt(now);
    };
  }
}
