package dev.slate.sim.metric;

import dev.slate.sim.StepState;

/**
 * Number of groups into which users have drawn together: single linkage (Sneath 1957) cut at a
 * distance, over the first 500 users; groups of less than a tenth of them, or of two, do not count.
 */
final class UserClusters implements MetricFunction {
  private static final int LIMIT = 500;
  private static final float LINK = 0.2f;
  private static final int SHARE = 10;

  @Override
  public double read(StepState state) {
    float[] rows = UserSample.preferences(state, LIMIT);
    int d = state.settings().catalog().dimensions();
    int n = rows.length / d;
    int[] parent = new int[n];
    for (int i = 0; i < n; i++) {
      parent[i] = i;
      for (int other = 0; other < i; other++) {
        if (squares(rows, i * d, other * d, d) <= LINK * LINK * d) {
          parent[root(parent, other)] = root(parent, i);
        }
      }
    }
    return count(parent, Math.max(3, (n + SHARE - 1) / SHARE));
  }

  private static float squares(float[] rows, int a, int b, int d) {
    float sum = 0;
    for (int j = 0; j < d; j++) {
      float t = rows[a + j] - rows[b + j];
      sum += t * t;
    }
    return sum;
  }

  private static int count(int[] parent, int least) {
    int[] members = new int[parent.length];
    int clusters = 0;
    for (int i = 0; i < parent.length; i++) {
      if (++members[root(parent, i)] == least) {
        clusters++;
      }
    }
    return clusters;
  }

  private static int root(int[] parent, int i) {
    int at = i;
    while (parent[at] != at) {
      parent[at] = parent[parent[at]];
      at = parent[at];
    }
    return at;
  }
}
