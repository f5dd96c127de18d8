package dev.slate.sim;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.commons.statistics.inference.ChiSquareTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The loop written once more over the built-in catalogue, in the plainest way and with another
 * random generator: where 2,000 users end up after 100 steps must agree within sampling error.
 */
class NotebookTest {
  private static final int USERS = 2_000;
  private static final int STEPS = 100;
  private static final int K = 5;
  private static final int D = 5;
  private static final double GAMMA = 0.025;
  private static final int MOVEMENT = D;
  private static final List<String> MEASURES =
      List.of(
          "humour",
          "sarcasm",
          "offensive",
          "motivational",
          "overall_sentiment",
          "movement",
          "extremity",
          "nearest distance");

  @ParameterizedTest
  @CsvSource({
    "random, 0",
    "advertisement, 0",
    "nearest, 0",
    "nearest-half-random, 0",
    "random, 27000",
  })
  void populationsAgree(String selector, int trolls) {
    ItemCatalog catalog = catalog(trolls);
    double[][] expected = new Plain(catalog, 12345).run(selector, GAMMA);
    double[][] actual = slate(catalog, selector);
    for (int m = 0; m < MEASURES.size(); m++) {
      double z = z(expected[m], actual[m]);
      String measure = MEASURES.get(m);
      assertTrue(Math.abs(z) < 4, () -> selector + ", " + measure + ": z = " + z);
    }
  }

  /** The comparison is sharp enough to tell a step that is a tenth too long. */
  @Test
  void aWrongStepWouldBeSeen() {
    ItemCatalog catalog = catalog(0);
    double[] longer = new Plain(catalog, 12345).run("random", 1.1 * GAMMA)[MOVEMENT];
    assertTrue(z(longer, slate(catalog, "random")[MOVEMENT]) > 4);
  }

  @Test
  void usersStartAnywhereInTheCube() {
    int bins = 20;
    long[][] counts = new long[D][bins];
    new Simulation(catalog(0), Selectors.create("random"))
        .size(20_000, 0, K)
        .run(
            state -> {
              for (int user = 0; user < state.users(); user++) {
                for (int j = 0; j < D; j++) {
                  float at = state.preference(user, j);
                  assertTrue(at >= -1 && at <= 1);
                  counts[j][(int) Math.min(bins - 1, (at + 1) / 2 * bins)]++;
                }
              }
            });
    for (long[] attribute : counts) {
      assertTrue(ChiSquareTest.withDefaults().test(attribute).getPValue() > 1e-4);
    }
  }

  private static ItemCatalog catalog(int trolls) {
    ItemCatalog catalog = dev.slate.sim.catalog.CatalogLoader.open("memotion", null, 7);
    return trolls == 0 ? catalog : dev.slate.sim.catalog.CatalogLoader.attacked(catalog, trolls);
  }

  private static double z(double[] a, double[] b) {
    double mean = Arrays.stream(a).average().orElseThrow();
    double other = Arrays.stream(b).average().orElseThrow();
    return (mean - other) / Math.sqrt((variance(a, mean) + variance(b, other)) / USERS);
  }

  private static double variance(double[] x, double mean) {
    return Arrays.stream(x).map(v -> (v - mean) * (v - mean)).sum() / (x.length - 1);
  }

  private static double[][] slate(ItemCatalog catalog, String selector) {
    Plain plain = new Plain(catalog, 0);
    double[][] measures = new double[MEASURES.size()][USERS];
    new Simulation(catalog, Selectors.create(selector))
        .size(USERS, STEPS, K)
        .seed(99, 0)
        .threads(2)
        .run(
            state -> {
              for (int user = 0; state.step() == STEPS && user < USERS; user++) {
                double[] start = new double[D];
                double[] end = new double[D];
                for (int j = 0; j < D; j++) {
                  start[j] = state.origin(user, j);
                  end[j] = state.preference(user, j);
                }
                plain.record(measures, user, start, end);
              }
            });
    return measures;
  }

  /** The notebook's loop, user by user. Items that are the same point are kept together. */
  private static final class Plain {
    private final Random random;
    private final double[][] items;
    private final double[][] points;
    private final List<List<Integer>> members;
    private final int promoted;

    Plain(ItemCatalog catalog, long seed) {
      random = new Random(seed);
      promoted = catalog.promoted();
      items = new double[catalog.size()][D];
      Map<List<Float>, List<Integer>> together = new LinkedHashMap<>();
      float[] row = new float[D];
      for (int item = 0; item < items.length; item++) {
        catalog.read(item, row);
        for (int j = 0; j < D; j++) {
          items[item][j] = row[j];
        }
        List<Float> point = List.of(row[0], row[1], row[2], row[3], row[4]);
        together.computeIfAbsent(point, p -> new ArrayList<>()).add(item);
      }
      members = List.copyOf(together.values());
      points = members.stream().map(same -> items[same.getFirst()]).toArray(double[][]::new);
    }

    double[][] run(String selector, double gamma) {
      double[][] measures = new double[MEASURES.size()][USERS];
      for (int user = 0; user < USERS; user++) {
        double[] start = random.doubles(D, -1, 1).toArray();
        double[] p = start.clone();
        for (int step = 0; step < STEPS; step++) {
          double[] item = items[shown(selector, p).get(rank())];
          double dot = 0;
          for (int j = 0; j < D; j++) {
            dot += p[j] * item[j];
          }
          double strength = gamma * (0.5 + dot + 0.15 * random.nextGaussian());
          for (int j = 0; j < D; j++) {
            p[j] = Math.min(1, Math.max(-1, p[j] + strength * (item[j] - p[j])));
          }
        }
        record(measures, user, start, p);
      }
      return measures;
    }

    /** Beta(1/2, 3) as the share of one squared normal among seven. */
    private int rank() {
      double first = Math.pow(random.nextGaussian(), 2);
      double sum = first;
      for (int i = 0; i < 6; i++) {
        sum += Math.pow(random.nextGaussian(), 2);
      }
      return (int) (K * first / sum);
    }

    private List<Integer> shown(String selector, double[] p) {
      List<Integer> slate = new ArrayList<>();
      switch (selector) {
        case "random" -> draw(slate, K, List.of());
        case "advertisement" -> {
          draw(slate, K - 1, List.of(promoted));
          slate.add(1, promoted);
        }
        default -> {
          List<Integer> nearest = nearest(p);
          if (selector.equals("nearest-half-random") && random.nextDouble() < 0.5) {
            draw(slate, 2, nearest);
          }
          slate.addAll(nearest.subList(slate.size(), K));
        }
      }
      return slate;
    }

    private void draw(List<Integer> slate, int count, List<Integer> others) {
      while (slate.size() < count) {
        int item = random.nextInt(items.length);
        if (!slate.contains(item) && !others.contains(item)) {
          slate.add(item);
        }
      }
    }

    private List<Integer> nearest(double[] p) {
      double[] distances = new double[points.length];
      Arrays.setAll(distances, i -> distance(points[i], p));
      List<Integer> nearest = new ArrayList<>();
      while (nearest.size() < K) {
        int closest = 0;
        for (int i = 1; i < distances.length; i++) {
          closest = distances[i] < distances[closest] ? i : closest;
        }
        distances[closest] = Double.POSITIVE_INFINITY;
        members.get(closest).stream().limit(K - nearest.size()).forEach(nearest::add);
      }
      return nearest;
    }

    void record(double[][] measures, int user, double[] start, double[] end) {
      double closest = Double.POSITIVE_INFINITY;
      for (double[] point : points) {
        closest = Math.min(closest, distance(point, end));
      }
      for (int j = 0; j < D; j++) {
        measures[j][user] = end[j];
        measures[MOVEMENT + 1][user] += Math.abs(end[j]) / D;
      }
      measures[MOVEMENT][user] = distance(start, end);
      measures[MOVEMENT + 2][user] = closest;
    }

    private static double distance(double[] a, double[] b) {
      double sum = 0;
      for (int j = 0; j < D; j++) {
        sum += (a[j] - b[j]) * (a[j] - b[j]);
      }
      return Math.sqrt(sum);
    }
  }
}
