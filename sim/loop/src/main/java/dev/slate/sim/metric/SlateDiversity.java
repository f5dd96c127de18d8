package dev.slate.sim.metric;

import dev.slate.sim.StepState;

/** How unlike the items of one slate are, and the slates of two users. */
final class SlateDiversity {
  private static final int LIMIT = 10_000;

  private SlateDiversity() {}

  /** Mean distance of two items of a slate, over the first 10,000 users. */
  static double within(StepState state) {
    int d = state.settings().catalog().dimensions();
    float[] a = new float[d];
    float[] b = new float[d];
    double sum = 0;
    long pairs = 0;
    for (int user = 0; user < Math.min(LIMIT, state.users()); user++) {
      for (int i = 0; i < state.shown(user); i++) {
        state.settings().catalog().read(state.item(user, i), a);
        for (int other = 0; other < i; other++) {
          state.settings().catalog().read(state.item(user, other), b);
          sum += distance(a, b);
          pairs++;
        }
      }
    }
    return pairs == 0 ? Double.NaN : sum / pairs;
  }

  /** Mean Jaccard distance of the slates of neighbours in number, over the first 10,000 users. */
  static double between(StepState state) {
    double sum = 0;
    int pairs = 0;
    for (int user = 0; user + 1 < Math.min(LIMIT, state.users()); user++) {
      if (state.shown(user) > 0 && state.shown(user + 1) > 0) {
        sum += jaccard(state, user, user + 1);
        pairs++;
      }
    }
    return pairs == 0 ? Double.NaN : sum / pairs;
  }

  private static double jaccard(StepState state, int a, int b) {
    int common = 0;
    for (int i = 0; i < state.shown(a); i++) {
      for (int j = 0; j < state.shown(b); j++) {
        if (state.item(a, i) == state.item(b, j)) {
          common++;
        }
      }
    }
    return 1 - (double) common / (state.shown(a) + state.shown(b) - common);
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
