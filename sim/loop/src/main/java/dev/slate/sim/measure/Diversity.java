package dev.slate.sim.measure;

import dev.slate.sim.Moment;

/** How unlike the items of one slate are, and the slates of two users. */
final class Diversity {
  private static final int LIMIT = 10_000;

  private Diversity() {}

  /** Mean distance of two items of a slate, over the first 10,000 users. */
  static double within(Moment moment) {
    int d = moment.setting().world().dimensions();
    float[] a = new float[d];
    float[] b = new float[d];
    double sum = 0;
    long pairs = 0;
    for (int user = 0; user < Math.min(LIMIT, moment.users()); user++) {
      for (int i = 0; i < moment.shown(user); i++) {
        moment.setting().world().read(moment.item(user, i), a);
        for (int other = 0; other < i; other++) {
          moment.setting().world().read(moment.item(user, other), b);
          sum += distance(a, b);
          pairs++;
        }
      }
    }
    return pairs == 0 ? Double.NaN : sum / pairs;
  }

  /** Mean Jaccard distance of the slates of neighbours in number, over the first 10,000 users. */
  static double between(Moment moment) {
    double sum = 0;
    int pairs = 0;
    for (int user = 0; user + 1 < Math.min(LIMIT, moment.users()); user++) {
      if (moment.shown(user) > 0 && moment.shown(user + 1) > 0) {
        sum += jaccard(moment, user, user + 1);
        pairs++;
      }
    }
    return pairs == 0 ? Double.NaN : sum / pairs;
  }

  private static double jaccard(Moment moment, int a, int b) {
    int common = 0;
    for (int i = 0; i < moment.shown(a); i++) {
      for (int j = 0; j < moment.shown(b); j++) {
        if (moment.item(a, i) == moment.item(b, j)) {
          common++;
        }
      }
    }
    return 1 - (double) common / (moment.shown(a) + moment.shown(b) - common);
  }

  private static double distance(float[] a, float[] b) {
    double sum = 0;
    for (int j = 0; j < a.length; j++) {
      double t = (double) a[j] - b[j];
      sum += t * t;
    }
    return Math.sqrt(sum);
  }
}
