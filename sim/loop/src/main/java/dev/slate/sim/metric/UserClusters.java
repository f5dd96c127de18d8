package dev.slate.sim.metric;

import dev.slate.sim.StepState;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Groups of users that have become similar: k-medoids (Kaufman and Rousseeuw 1990) for k = 2 to 8
 * over the first 100 users. The k with the largest mean silhouette (Rousseeuw 1987) counts if that
 * is above 0.5, the value from which on a structure is called reasonable; otherwise all users are
 * one group. Stability is the mean adjusted Rand index (Hubert and Arabie 1985) between the groups
 * of all users and those of ten random halves alone. Groups closer than half a level of an
 * attribute cannot be told apart in the report, and are merged.
 */
final class UserClusters {
  private static final int LIMIT = 100;
  private static final int MOST = 8;
  private static final int HALVES = 10;
  private static final double REASONABLE = 0.5;
  private static final double APART = 0.25;

  private int step = -1;
  private double count = Double.NaN;
  private double silhouette = Double.NaN;
  private double stability = Double.NaN;

  double count(StepState state) {
    compute(state);
    return count;
  }

  double silhouette(StepState state) {
    compute(state);
    return silhouette;
  }

  double stability(StepState state) {
    compute(state);
    return stability;
  }

  private void compute(StepState state) {
    if (state.step() == step) {
      return;
    }
    step = state.step();
    float[] rows = UserSample.preferences(state, LIMIT);
    double[][] distances = distances(rows, state.settings().catalog().dimensions());
    int[] all = new int[distances.length];
    Arrays.setAll(all, i -> i);
    int[] best = {};
    int most = Math.min(MOST, all.length / 2);
    silhouette = Double.NaN;
    stability = Double.NaN;
    count = all.length < 4 ? Double.NaN : 1;
    int chosen = 1;
    for (int k = 2; k <= most; k++) {
      int[] groups = Medoids.of(distances, all, k);
      double width = Medoids.silhouette(distances, groups, k);
      if (!(width <= silhouette)) {
        silhouette = width;
        best = groups;
        chosen = k;
      }
    }
    if (chosen > 1) {
      boolean apart = Medoids.gap(distances, best, chosen) > APART;
      count = silhouette > REASONABLE && apart ? chosen : 1;
      stability = stability(distances, best, chosen);
    }
  }

  private static double stability(double[][] distances, int[] groups, int k) {
    SplittableRandom random = new SplittableRandom(groups.length);
    double sum = 0;
    for (int half = 0; half < HALVES; half++) {
      int[] members = new int[Math.max(k, groups.length / 2)];
      int size = 0;
      for (int i = 0; i < groups.length && size < members.length; i++) {
        if (random.nextInt(groups.length - i) < members.length - size) {
          members[size++] = i;
        }
      }
      int[] alone = Medoids.of(distances, members, k);
      int[] together = Arrays.stream(members).map(i -> groups[i]).toArray();
      sum += Medoids.adjustedRand(alone, together, k);
    }
    return sum / HALVES;
  }

  private static double[][] distances(float[] rows, int d) {
    int n = rows.length / d;
    double[][] distances = new double[n][n];
    for (int a = 0; a < n; a++) {
      for (int b = 0; b < a; b++) {
        double sum = 0;
        for (int j = 0; j < d; j++) {
          double t = (double) rows[a * d + j] - rows[b * d + j];
          sum += t * t;
        }
        distances[a][b] = Math.sqrt(sum);
        distances[b][a] = distances[a][b];
      }
    }
    return distances;
  }
}
