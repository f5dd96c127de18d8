package dev.slate.sim;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slate.kernel.Searcher;
import dev.slate.kernel.Slate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The loop written once more, in the plainest way and with another random generator: where users
 * end up must agree within sampling error.
 */
class NotebookTest {
  private static final int USERS = 1_500;
  private static final int STEPS = 60;
  private static final int K = 5;
  private static final World WORLD = Worlds.grid(400, 5, 3);

  @ParameterizedTest
  @ValueSource(strings = {"random", "advertisement", "nearest", "nearest-half-random"})
  void populationsAgree(String selector) {
    double[][] expected = naive(selector, new Random(12345));
    double[][] actual = slate(selector);
    for (int m = 0; m < expected.length; m++) {
      double[] e = meanAndError(expected[m]);
      double[] a = meanAndError(actual[m]);
      double z = (e[0] - a[0]) / Math.hypot(e[1], a[1]);
      int measure = m;
      assertTrue(
          Math.abs(z) < 4,
          () -> selector + ", measure " + measure + ": " + e[0] + " and " + a[0] + ", z = " + z);
    }
  }

  private static double[] meanAndError(double[] x) {
    double mean = Arrays.stream(x).average().orElseThrow();
    double variance = Arrays.stream(x).map(v -> (v - mean) * (v - mean)).sum() / (x.length - 1);
    return new double[] {mean, Math.sqrt(variance / x.length)};
  }

  private static double[][] slate(String selector) {
    double[][] measures = new double[8][USERS];
    new Simulation(WORLD, Selectors.create(selector))
        .size(USERS, STEPS, K)
        .seed(99, 0)
        .run(
            moment -> {
              for (int user = 0; moment.step() == STEPS && user < USERS; user++) {
                double[] start = new double[5];
                double[] end = new double[5];
                for (int j = 0; j < 5; j++) {
                  start[j] = moment.origin(user, j);
                  end[j] = moment.preference(user, j);
                }
                record(measures, user, start, end);
              }
            });
    return measures;
  }

  private static double[][] naive(String selector, Random random) {
    List<double[]> items = items();
    double[][] measures = new double[8][USERS];
    for (int user = 0; user < USERS; user++) {
      double[] start = random.doubles(5, -1, 1).toArray();
      double[] p = start.clone();
      for (int step = 0; step < STEPS; step++) {
        double[] item = items.get(shown(selector, items, p, random).get(rank(random)));
        double dot = 0;
        for (int j = 0; j < 5; j++) {
          dot += p[j] * item[j];
        }
        double strength = 0.025 * (0.5 + dot + 0.15 * random.nextGaussian());
        for (int j = 0; j < 5; j++) {
          p[j] = Math.min(1, Math.max(-1, p[j] + strength * (item[j] - p[j])));
        }
      }
      record(measures, user, start, p);
    }
    return measures;
  }

  private static List<double[]> items() {
    List<double[]> items = new ArrayList<>();
    float[] row = new float[5];
    for (int i = 0; i < WORLD.size(); i++) {
      WORLD.read(i, row);
      items.add(new double[] {row[0], row[1], row[2], row[3], row[4]});
    }
    return items;
  }

  /** Beta(1/2, 3) as the share of one squared normal among seven. */
  private static int rank(Random random) {
    double first = Math.pow(random.nextGaussian(), 2);
    double sum = first;
    for (int i = 0; i < 6; i++) {
      sum += Math.pow(random.nextGaussian(), 2);
    }
    return (int) (K * first / sum);
  }

  private static List<Integer> shown(
      String selector, List<double[]> items, double[] p, Random random) {
    List<Integer> all = new ArrayList<>(IntStream.range(0, items.size()).boxed().toList());
    switch (selector) {
      case "random" -> Collections.shuffle(all, random);
      case "advertisement" -> {
        all.remove(Integer.valueOf(WORLD.promoted()));
        Collections.shuffle(all, random);
        all.add(1, WORLD.promoted());
      }
      default -> {
        double[] distances = items.stream().mapToDouble(item -> distance(item, p)).toArray();
        for (int place = 0; place < K; place++) {
          int best = place;
          for (int i = place; i < distances.length; i++) {
            boolean closer = distances[all.get(i)] < distances[all.get(best)];
            best = closer ? i : best;
          }
          Collections.swap(all, place, best);
        }
        if (selector.equals("nearest-half-random") && random.nextDouble() < 0.5) {
          int first = K + random.nextInt(all.size() - K);
          Collections.swap(all, 0, first);
          int second = first;
          while (second == first) {
            second = K + random.nextInt(all.size() - K);
          }
          Collections.swap(all, 1, second);
        }
      }
    }
    return all.subList(0, K);
  }

  private static void record(double[][] measures, int user, double[] start, double[] end) {
    for (int j = 0; j < 5; j++) {
      measures[j][user] = end[j];
      measures[6][user] += Math.abs(end[j]) / 5;
    }
    measures[5][user] = distance(start, end);
    float[] q = new float[5];
    for (int j = 0; j < 5; j++) {
      q[j] = (float) end[j];
    }
    Searcher searcher = WORLD.index().searcher();
    Slate one = new Slate(1);
    searcher.search(q, one);
    measures[7][user] = one.distance(0);
  }

  private static double distance(double[] a, double[] b) {
    double sum = 0;
    for (int j = 0; j < a.length; j++) {
      sum += (a[j] - b[j]) * (a[j] - b[j]);
    }
    return Math.sqrt(sum);
  }
}
