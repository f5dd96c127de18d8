package dev.slate.recommend;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * A world whose structure is known: users and items have planted factors, and a user meets items
 * with a probability that grows with the dot product. Each user's last items are the test.
 */
public final class PlantedWorld {
  private static final int D = 6;
  private static final int HISTORY = 30;
  private static final int TESTED = 6;

  public final Feedback train;
  public final Feedback test;
  public final Features itemFeatures;
  public final Features userFeatures;

  /** Builds it; the last tenth of the users has at most 3 rows to train on. */
  public PlantedWorld(int users, int items, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[][] ofUsers = factors(users, random);
    double[][] ofItems = factors(items, random);
    Names userNames = names("u", users);
    Names itemNames = names("i", items);
    Feedback.Builder trained = Feedback.builder(userNames, itemNames);
    Feedback.Builder tested = Feedback.builder(userNames, itemNames);
    for (int user = 0; user < users; user++) {
      Integer[] order = new Integer[items];
      double[] keys = new double[items];
      for (int item = 0; item < items; item++) {
        double taste = 0;
        for (int j = 0; j < D; j++) {
          taste += ofUsers[user][j] * ofItems[item][j];
        }
        // Gumbel noise: the largest keys are a draw in proportion to exp(2.5 taste), with a little
        // popularity.
        double gumbel = -Math.log(-Math.log(random.nextDouble(1e-12, 1)));
        keys[item] = 2.5 * taste + 1.0 * (item % 10 == 0 ? 1 : 0) + gumbel;
        order[item] = item;
      }
      Arrays.sort(order, (a, b) -> Double.compare(keys[b], keys[a]));
      List<Integer> met = new ArrayList<>(Arrays.asList(order).subList(0, HISTORY + TESTED));
      for (int i = met.size() - 1; i > 0; i--) {
        int j = random.nextInt(i + 1);
        int swap = met.get(i);
        met.set(i, met.get(j));
        met.set(j, swap);
      }
      int kept = user >= users - users / 10 ? random.nextInt(1, 4) : HISTORY;
      for (int i = 0; i < kept; i++) {
        trained.add(user, met.get(i), 1, 1000L * user + i, Kind.CLICK);
      }
      for (int i = HISTORY; i < met.size(); i++) {
        tested.add(user, met.get(i), 1, 1000L * user + i, Kind.CLICK);
      }
    }
    this.train = trained.build();
    this.test = tested.build();
    this.itemFeatures = features(ofItems, random);
    this.userFeatures = features(ofUsers, random);
  }

  private static double[][] factors(int rows, SplittableRandom random) {
    double[][] factors = new double[rows][D];
    for (double[] row : factors) {
      for (int j = 0; j < D; j++) {
        row[j] = random.nextGaussian() / Math.sqrt(D) * 1.6;
      }
    }
    return factors;
  }

  private static Names names(String prefix, int count) {
    Names names = new Names();
    for (int i = 0; i < count; i++) {
      names.add(prefix + i);
    }
    return names;
  }

  /** The planted factors behind some noise. */
  private static Features features(double[][] factors, SplittableRandom random) {
    float[] values = new float[factors.length * D];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (factors[i / D][i % D] + 0.2 * random.nextGaussian());
    }
    boolean[] known = new boolean[factors.length];
    Arrays.fill(known, true);
    List<String> names = new ArrayList<>();
    for (int j = 0; j < D; j++) {
      names.add("f" + j);
    }
    return new Features(names, values, known);
  }

  /** A training on this world. */
  public Training training(Workers workers, Map<String, String> settings) {
    return new Training(
        train,
        Interactions.of(train, Weighting.usual()).positive(),
        userFeatures,
        itemFeatures,
        new Settings(settings),
        7,
        workers,
        (pass, loss) -> {});
  }
}
