package dev.slate.recommend.model;

import dev.slate.recommend.Embeddings;
import dev.slate.recommend.Factors;
import dev.slate.recommend.Interactions;
import dev.slate.recommend.ModelKind;
import dev.slate.recommend.Request;
import dev.slate.recommend.Retriever;
import dev.slate.recommend.Settings;
import dev.slate.recommend.Training;
import dev.slate.recommend.TrainingException;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Matrix factorisation by Bayesian personalised ranking (Rendle et al. 2009): stochastic gradient
 * descent on {@code -log sigmoid(score(u, i) - score(u, j))}, an item i that the user has and one j
 * drawn evenly from those that the user has not. Items have a bias. One thread, one order of
 * samples: the same seed gives the same bytes.
 */
public final class Bpr implements ModelKind {
  private static final int CHECKED = 1 << 14;
  private static final double SPREAD = 0.1;
  private static final int FOLD_IN_PASSES = 20;

  @Override
  public String name() {
    return "bpr";
  }

  @Override
  public String description() {
    return "matrix factorisation by Bayesian personalised ranking";
  }

  @Override
  public Retriever train(Training training) {
    Settings settings = training.settings();
    int d = settings.count("factors", 64, 1);
    int epochs = settings.count("epochs", 100, 1);
    Interactions users = training.interactions();
    if (users.size() == 0) {
      throw new TrainingException(TrainingException.Data.FEEDBACK, "holds no positive evidence");
    }
    SplittableRandom random = new SplittableRandom(training.seed());
    float[] x = Dense.normal(users.rows() * d, SPREAD / Math.sqrt(d), random);
    float[] y = Dense.normal(users.columns() * d, SPREAD / Math.sqrt(d), random);
    float[] biases = new float[users.columns()];
    Step step = new Step(d, rate(settings), decay(settings));
    int[] owners = new int[users.size()];
    for (int user = 0; user < users.rows(); user++) {
      java.util.Arrays.fill(owners, users.start(user), users.start(user + 1), user);
    }
    for (int epoch = 1; epoch <= epochs; epoch++) {
      double loss = 0;
      int counted = 0;
      for (int sample = 0; sample < users.size(); sample++) {
        if (sample % CHECKED == 0) {
          training.workers().check();
        }
        int entry = random.nextInt(users.size());
        int user = owners[entry];
        if (users.count(user) == users.columns()) {
          continue;
        }
        int other = random.nextInt(users.columns());
        while (users.contains(user, other)) {
          other = random.nextInt(users.columns());
        }
        loss += step.take(x, user * d, y, users.column(entry), other, biases, true);
        counted++;
      }
      training.curve().accept(epoch, loss / Math.max(1, counted));
    }
    return restore(training, new Factors(d, x, y, biases));
  }

  private static double rate(Settings settings) {
    return settings.number("rate", 0.05, 1e-9, 10);
  }

  private static double decay(Settings settings) {
    return settings.number("decay", 0.01, 0, 10);
  }

  @Override
  public Retriever restore(Training training, @Nullable Factors factors) {
    if (factors == null) {
      return train(training);
    }
    training.settings().count("factors", factors.d(), 1);
    training.settings().count("epochs", 100, 1);
    Step step = new Step(factors.d(), rate(training.settings()), decay(training.settings()));
    return new Embeddings(
        "bpr",
        training.interactions(),
        factors,
        (request, vector) -> foldIn(training, factors, step, request, vector),
        training.workers());
  }

  /** Learns the vector of a user with seeds, the items as they are. */
  private static boolean foldIn(
      Training training, Factors factors, Step step, Request request, float[] vector) {
    Interactions history = training.interactions();
    int user = request.user();
    int[] seeds = request.seeds();
    int known = user < 0 ? 0 : history.count(user);
    float[] biases = factors.biases();
    if (known + seeds.length == 0 || biases == null) {
      return known > 0;
    }
    SplittableRandom random = new SplittableRandom(training.seed());
    for (int pass = 0; pass < FOLD_IN_PASSES; pass++) {
      for (int seed : seeds) {
        int other = random.nextInt(history.columns());
        if (other != seed && (user < 0 || !history.contains(user, other))) {
          step.take(vector, 0, factors.items(), seed, other, biases, false);
        }
      }
    }
    return true;
  }

  /** A step of the gradient. */
  private record Step(int d, double rate, double decay) {
    /** Takes it, and returns the loss before it. */
    double take(
        float[] x, int user, float[] y, int item, int other, float[] biases, boolean learnItems) {
      int i = item * d;
      int j = other * d;
      double margin =
          biases[item] - biases[other] + Dense.dot(x, user, y, i, d) - Dense.dot(x, user, y, j, d);
      float slope = (float) (rate / (1 + Math.exp(margin)));
      float keep = (float) (1 - rate * decay);
      if (learnItems) {
        for (int t = 0; t < d; t++) {
          float ofUser = x[user + t];
          float ofItem = y[i + t];
          float ofOther = y[j + t];
          x[user + t] = keep * ofUser + slope * (ofItem - ofOther);
          y[i + t] = keep * ofItem + slope * ofUser;
          y[j + t] = keep * ofOther - slope * ofUser;
        }
        biases[item] = keep * biases[item] + slope;
        biases[other] = keep * biases[other] - slope;
      } else {
        for (int t = 0; t < d; t++) {
          x[user + t] = keep * x[user + t] + slope * (y[i + t] - y[j + t]);
        }
      }
      return Math.log1p(Math.exp(-margin));
    }
  }
}
