package dev.slate.recommend.model;

import dev.slate.recommend.Embeddings;
import dev.slate.recommend.Factors;
import dev.slate.recommend.Feedback;
import dev.slate.recommend.Interactions;
import dev.slate.recommend.ModelKind;
import dev.slate.recommend.Request;
import dev.slate.recommend.Retriever;
import dev.slate.recommend.Training;
import dev.slate.recommend.TrainingException;
import org.jspecify.annotations.Nullable;

/**
 * ALS with the time of a request. An item's vector is that of ALS, followed by the item's lift
 * under each feature c of {@link TimeContext}:
 *
 * <pre>
 *   lift(i, c) = log(((rows of i under c) + s share(c)) / ((rows of i) + s) / share(c)),
 * </pre>
 *
 * <p>share(c) is the share of all rows under c, and s the smoothing. A user's vector is followed by
 * 0, or by strength times the features of the request: so one dot product, and one search, ranks by
 * both. A request without context gets the answer of ALS.
 */
public final class ContextAware implements ModelKind {
  private static final int WIDTH = TimeContext.WIDTH;

  /** Seconds from 1970 to the year 5138; as milliseconds, 1973. */
  private static final long LATEST = 100_000_000_000L;

  private final Als als = new Als();

  @Override
  public String name() {
    return "context";
  }

  @Override
  public String description() {
    return "als, and the hour and the day of the request";
  }

  @Override
  public Retriever train(Training training) {
    if (!training.feedback().timed()) {
      throw new TrainingException(
          TrainingException.Data.FEEDBACK, "context needs the time of each row");
    }
    checkTimes(training.feedback());
    double smoothing = smoothing(training);
    Factors base = ((Embeddings) als.train(training)).factors();
    int d = base.d();
    return restore(
        training,
        new Factors(
            d + WIDTH,
            widened(base.users(), d, new float[base.users().length / d][WIDTH]),
            widened(base.items(), d, lifts(training, smoothing)),
            null));
  }

  /** Refuses times that are no seconds: milliseconds would give each row a wrong hour. */
  private static void checkTimes(Feedback log) {
    for (int row = 0; row < log.size(); row++) {
      long time = log.time(row);
      if (Math.abs(time) > LATEST) {
        throw new TrainingException(
            TrainingException.Data.FEEDBACK,
            "context needs times in seconds since 1970, but one is "
                + time
                + ", which would be after the year 5000: are they milliseconds?");
      }
    }
  }

  private static double smoothing(Training training) {
    return training.settings().number("smoothing", 20, 1e-9, 1e9);
  }

  @Override
  public Retriever restore(Training training, @Nullable Factors factors) {
    if (factors == null) {
      return train(training);
    }
    smoothing(training);
    double strength = training.settings().number("strength", 0.3, 0, 1e6);
    int d = factors.d() - WIDTH;
    Factors narrow =
        new Factors(d, narrowed(factors.users(), d), narrowed(factors.items(), d), null);
    Embeddings base = (Embeddings) als.restore(training, narrow);
    Interactions history = base.history();
    return new Embeddings(
        "context",
        history,
        factors,
        (request, vector) -> vector(base, history, (float) strength, d, request, vector),
        training.workers());
  }

  private static boolean vector(
      Embeddings base,
      Interactions history,
      float strength,
      int d,
      Request request,
      float[] vector) {
    float[] context = request.context();
    if (context.length != 0 && context.length != WIDTH) {
      throw new IllegalArgumentException(
          "the context has " + context.length + " features, not " + WIDTH);
    }
    boolean stored =
        request.user() >= 0 && history.count(request.user()) > 0 && request.seeds().length == 0;
    boolean known = stored;
    if (!stored) {
      float[] narrow = java.util.Arrays.copyOf(vector, d);
      known = base.infer(request, narrow);
      System.arraycopy(narrow, 0, vector, 0, d);
    }
    for (int c = 0; c < context.length; c++) {
      vector[d + c] = strength * context[c];
    }
    return known || context.length > 0;
  }

  private static float[] widened(float[] rows, int d, float[][] more) {
    float[] wide = new float[rows.length / d * (d + WIDTH)];
    for (int row = 0; row < more.length; row++) {
      System.arraycopy(rows, row * d, wide, row * (d + WIDTH), d);
      System.arraycopy(more[row], 0, wide, row * (d + WIDTH) + d, WIDTH);
    }
    return wide;
  }

  private static float[] narrowed(float[] rows, int d) {
    int wide = d + WIDTH;
    float[] narrow = new float[rows.length / wide * d];
    for (int row = 0; row < rows.length / wide; row++) {
      System.arraycopy(rows, row * wide, narrow, row * d, d);
    }
    return narrow;
  }

  private static float[][] lifts(Training training, double smoothing) {
    Feedback log = training.feedback();
    double[] total = new double[WIDTH];
    double[][] counts = new double[log.items().size()][WIDTH];
    double[] rows = new double[log.items().size()];
    double all = 0;
    for (int row = 0; row < log.size(); row++) {
      int item = log.item(row);
      if (!training.interactions().contains(log.user(row), item)) {
        continue;
      }
      float[] context = TimeContext.of(log.time(row));
      for (int c = 0; c < WIDTH; c++) {
        counts[item][c] += context[c];
        total[c] += context[c];
      }
      rows[item]++;
      all++;
    }
    float[][] lifts = new float[counts.length][WIDTH];
    for (int item = 0; item < lifts.length; item++) {
      for (int c = 0; c < WIDTH; c++) {
        double share = total[c] / all;
        if (share > 0) {
          double smoothed = (counts[item][c] + smoothing * share) / (rows[item] + smoothing);
          lifts[item][c] = (float) Math.log(smoothed / share);
        }
      }
    }
    return lifts;
  }
}
