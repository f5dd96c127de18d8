package dev.slate.sim.metric;

import dev.slate.sim.StepState;
import java.util.Arrays;

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

  /**
   * Mean distance between the centres of the slates of neighbours in number, over the first 10,000
   * users: 0 if all see the same, and small where all slates are fair samples of the catalogue.
   */
  static double between(StepState state) {
    int d = state.settings().catalog().dimensions();
    float[] before = new float[d];
    float[] centre = new float[d];
    float[] row = new float[d];
    boolean follows = false;
    double sum = 0;
    int pairs = 0;
    for (int user = 0; user < Math.min(LIMIT, state.users()); user++) {
      int shown = state.shown(user);
      if (shown == 0) {
        continue;
      }
      Arrays.fill(centre, 0);
      for (int rank = 0; rank < shown; rank++) {
        state.settings().catalog().read(state.item(user, rank), row);
        for (int j = 0; j < d; j++) {
          centre[j] += row[j] / shown;
        }
      }
      if (follows) {
        sum += distance(before, centre);
        pairs++;
      }
      follows = true;
      System.arraycopy(centre, 0, before, 0, d);
    }
    return pairs == 0 ? Double.NaN : sum / pairs;
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
