package dev.slate.sim.metric;

import java.util.Arrays;

/** Grouping around medoids, given all distances, and two measures of a grouping. */
final class Medoids {
  private static final int ROUNDS = 30;

  private Medoids() {}

  /**
   * Groups members around k of them: the first is the most central, each next one the farthest from
   * those before; then assignment and medoids in turn until nothing moves. Deterministic. O(m^2) a
   * round.
   *
   * @return for each member the number of its group, 0..k-1
   */
  static int[] of(double[][] distances, int[] members, int k) {
    int[] medoids = new int[k];
    medoids[0] = central(distances, members, new int[members.length], 0);
    for (int g = 1; g < k; g++) {
      int farthest = 0;
      double most = -1;
      for (int i = 0; i < members.length; i++) {
        double closest = Double.POSITIVE_INFINITY;
        for (int other = 0; other < g; other++) {
          closest = Math.min(closest, distances[members[i]][members[medoids[other]]]);
        }
        if (closest > most) {
          most = closest;
          farthest = i;
        }
      }
      medoids[g] = farthest;
    }
    int[] groups = assign(distances, members, medoids);
    for (int round = 0; round < ROUNDS; round++) {
      for (int g = 0; g < k; g++) {
        medoids[g] = central(distances, members, groups, g);
      }
      int[] next = assign(distances, members, medoids);
      if (Arrays.equals(next, groups)) {
        break;
      }
      groups = next;
    }
    return groups;
  }

  private static int[] assign(double[][] distances, int[] members, int[] medoids) {
    int[] groups = new int[members.length];
    for (int i = 0; i < members.length; i++) {
      for (int g = 1; g < medoids.length; g++) {
        double[] row = distances[members[i]];
        if (row[members[medoids[g]]] < row[members[medoids[groups[i]]]]) {
          groups[i] = g;
        }
      }
    }
    return groups;
  }

  private static int central(double[][] distances, int[] members, int[] groups, int group) {
    int best = 0;
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i < members.length; i++) {
      if (groups[i] != group) {
        continue;
      }
      double sum = 0;
      for (int other = 0; other < members.length; other++) {
        sum += groups[other] == group ? distances[members[i]][members[other]] : 0;
      }
      if (sum < least) {
        least = sum;
        best = i;
      }
    }
    return best;
  }

  /**
   * Mean over all of (b - a) / max(a, b): a is the mean distance to the own group, b to the nearest
   * other one. A group of one counts 0.
   */
  static double silhouette(double[][] distances, int[] groups, int k) {
    double sum = 0;
    for (int i = 0; i < groups.length; i++) {
      double[] to = new double[k];
      int[] size = new int[k];
      for (int other = 0; other < groups.length; other++) {
        if (other != i) {
          to[groups[other]] += distances[i][other];
          size[groups[other]]++;
        }
      }
      if (size[groups[i]] == 0) {
        continue;
      }
      double own = to[groups[i]] / size[groups[i]];
      double nearest = Double.POSITIVE_INFINITY;
      for (int g = 0; g < k; g++) {
        nearest = g == groups[i] || size[g] == 0 ? nearest : Math.min(nearest, to[g] / size[g]);
      }
      double larger = Math.max(own, nearest);
      sum += larger == 0 || Double.isInfinite(nearest) ? 0 : (nearest - own) / larger;
    }
    return sum / groups.length;
  }

  /** The smallest mean distance between the members of two groups. */
  static double gap(double[][] distances, int[] groups, int k) {
    double[][] sum = new double[k][k];
    int[][] pairs = new int[k][k];
    for (int i = 0; i < groups.length; i++) {
      for (int other = 0; other < i; other++) {
        int a = Math.max(groups[i], groups[other]);
        int b = Math.min(groups[i], groups[other]);
        sum[a][b] += distances[i][other];
        pairs[a][b]++;
      }
    }
    double gap = Double.POSITIVE_INFINITY;
    for (int a = 0; a < k; a++) {
      for (int b = 0; b < a; b++) {
        gap = pairs[a][b] == 0 ? gap : Math.min(gap, sum[a][b] / pairs[a][b]);
      }
    }
    return gap;
  }

  /** Agreement of two groupings of the same members: 1 if equal, 0 on average by chance. */
  static double adjustedRand(int[] a, int[] b, int k) {
    long[][] common = new long[k][k];
    long[] inA = new long[k];
    long[] inB = new long[k];
    for (int i = 0; i < a.length; i++) {
      common[a[i]][b[i]]++;
      inA[a[i]]++;
      inB[b[i]]++;
    }
    double both = 0;
    for (long[] row : common) {
      both += pairs(row);
    }
    double all = a.length * (a.length - 1.0) / 2;
    double expected = pairs(inA) * pairs(inB) / all;
    double most = (pairs(inA) + pairs(inB)) / 2;
    return most == expected ? 1 : (both - expected) / (most - expected);
  }

  private static double pairs(long[] sizes) {
    double sum = 0;
    for (long size : sizes) {
      sum += size * (size - 1.0) / 2;
    }
    return sum;
  }
}
