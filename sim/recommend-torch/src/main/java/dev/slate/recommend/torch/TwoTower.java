package dev.slate.recommend.torch;

import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.pytorch.jni.JniUtils;
import dev.slate.data.InputException;
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
 * Two towers (Covington et al. 2016; Yi et al. 2019): a user's vector is that of the id plus a
 * linear map of the user's features, an item's likewise, and the score is their dot product and the
 * item's bias. The loss is the softmax over the items of a batch, where each pair's item is one of
 * the classes; popular items are in batches more often, which subtracting log q, the logarithm of
 * that probability, corrects. Trained by PyTorch with Adam; served by the kernel.
 *
 * <p>PyTorch computes on one thread unless {@code threads} says otherwise: batches are small, and
 * its threads wait for each other actively, which takes several times as long on a busy machine.
 *
 * <p>A new item with features is served by them; a user without history by those of the user.
 */
public final class TwoTower implements ModelKind {
  /** Creates the kind. */
  public TwoTower() {}

  @Override
  public String name() {
    return "two-tower";
  }

  @Override
  public String description() {
    return "two towers over ids and features, in-batch softmax with logQ correction (PyTorch)";
  }

  /**
   * {@inheritDoc}
   *
   * @throws InputException if PyTorch's native code does not load here
   */
  @Override
  public Retriever train(Training training) {
    Settings settings = training.settings();
    int d = settings.count("factors", 64, 1);
    int epochs = settings.count("epochs", 10, 1);
    int batch = settings.count("batch", 512, 2);
    double rate = settings.number("rate", 0.005, 1e-9, 10);
    double decay = settings.number("decay", 1, 0, 10);
    int threads = settings.count("threads", 1, 1);
    Interactions pairs = training.interactions();
    if (pairs.size() < 2) {
      throw new TrainingException(
          TrainingException.Data.FEEDBACK, "holds fewer than two pieces of positive evidence");
    }
    start(
        () -> {
          Engine.getInstance().setRandomSeed((int) training.seed());
          JniUtils.setNumThreads(Math.min(threads, Runtime.getRuntime().availableProcessors()));
        });
    int[] user = new int[pairs.size()];
    int[] item = new int[pairs.size()];
    double[] share = new double[pairs.columns()];
    for (int row = 0; row < pairs.rows(); row++) {
      for (int at = pairs.start(row); at < pairs.start(row + 1); at++) {
        user[at] = row;
        item[at] = pairs.column(at);
        share[item[at]] += 1.0 / pairs.size();
      }
    }
    try (Towers towers = new Towers(training, d, new Adam(rate, decay))) {
      SplittableRandom random = new SplittableRandom(training.seed());
      for (int epoch = 1; epoch <= epochs; epoch++) {
        shuffle(user, item, random);
        double loss = 0;
        int steps = 0;
        for (int from = 0; from + 2 <= user.length; from += batch) {
          training.workers().check();
          int to = Math.min(user.length, from + batch);
          loss += towers.step(user, item, share, from, to);
          steps++;
        }
        training.curve().accept(epoch, loss / steps);
      }
      return restore(training, towers.factors());
    }
  }

  /** Starts PyTorch, of which each platform needs another jar. */
  static void start(Runnable engine) {
    try {
      engine.run();
    } catch (EngineException | LinkageError e) {
      Throwable reason = e;
      while (reason.getCause() != null) {
        reason = reason.getCause();
      }
      throw new InputException(
          "two-tower",
          "PyTorch's native code does not load on this platform ("
              + System.getProperty("os.name")
              + " "
              + System.getProperty("os.arch")
              + "; -Dpytorch.platform=... of the command that fetches it names the platform): "
              + reason,
          e);
    }
  }

  private static void shuffle(int[] user, int[] item, SplittableRandom random) {
    for (int i = user.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swap = user[i];
      user[i] = user[j];
      user[j] = swap;
      swap = item[i];
      item[i] = item[j];
      item[j] = swap;
    }
  }

  @Override
  public Retriever restore(Training training, @Nullable Factors factors) {
    if (factors == null) {
      return train(training);
    }
    Settings settings = training.settings();
    settings.count("factors", factors.d(), 1);
    settings.count("epochs", 10, 1);
    settings.count("batch", 512, 2);
    settings.number("rate", 0.005, 1e-9, 10);
    settings.number("decay", 1, 0, 10);
    settings.count("threads", 1, 1);
    return new Embeddings(
        name(),
        training.interactions(),
        factors,
        (request, vector) -> vector(training, factors, request, vector),
        training.workers());
  }

  /** Seeds move a user to the mean of their vectors; a user with features has a vector of them. */
  private static boolean vector(
      Training training, Factors factors, Request request, float[] vector) {
    int user = request.user();
    int[] seeds = request.seeds();
    boolean known = user >= 0 && training.interactions().count(user) > 0;
    if (seeds.length > 0) {
      int d = factors.d();
      for (int seed : seeds) {
        for (int j = 0; j < d; j++) {
          vector[j] += factors.items()[seed * d + j] / seeds.length;
        }
      }
      return true;
    }
    return known
        || (user >= 0 && training.userFeatures() != null && training.userFeatures().known()[user]);
  }
}
