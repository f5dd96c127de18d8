package dev.slate.recommend.rank;

import dev.slate.kernel.Searcher;
import dev.slate.kernel.Slate;
import dev.slate.recommend.Candidates;
import dev.slate.recommend.Embeddings;
import dev.slate.recommend.Factors;
import dev.slate.recommend.Feedback;
import dev.slate.recommend.Interactions;
import dev.slate.recommend.Kind;
import dev.slate.recommend.Names;
import dev.slate.recommend.NextSlate;
import dev.slate.recommend.Pipeline;
import dev.slate.recommend.RankLearner;
import dev.slate.recommend.Ranker;
import dev.slate.recommend.Request;
import dev.slate.recommend.Settings;
import dev.slate.recommend.Training;
import dev.slate.recommend.Weighting;
import dev.slate.recommend.Workers;
import dev.slate.recommend.evaluate.Convention;
import dev.slate.recommend.evaluate.Figure;
import dev.slate.recommend.evaluate.FullRanking;
import dev.slate.recommend.evaluate.Judge;
import dev.slate.recommend.evaluate.Measure;
import dev.slate.recommend.model.Popular;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Measures what the README states about many items: {@code ServingTimes [ITEMS [USERS [even]]]},
 * 1,000,000 and 10,000 unless given, 64 factors.
 *
 * <p>Vectors resemble those of a factorisation: 16 tastes, each weaker than the one before, a
 * little noise in all 64 factors, and lengths of items that differ as their popularity does. With
 * {@code even} all factors are standard normal, which lets no search prune.
 */
final class ServingTimes {
  private static final int D = 64;
  private static final int TASTES = 16;
  private static final int SEEN = 20;
  private static final int REQUESTS = 2000;

  private ServingTimes() {}

  /** Runs. */
  public static void main(String[] args) {
    int items = args.length > 0 ? Integer.parseInt(args[0]) : 1_000_000;
    int users = args.length > 1 ? Integer.parseInt(args[1]) : 10_000;
    boolean even = args.length > 2 && args[2].equals("even");
    int threads = Runtime.getRuntime().availableProcessors();
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      measure(items, users, even, new Workers(pool, threads));
    } finally {
      pool.shutdown();
    }
  }

  private static void measure(int items, int users, boolean even, Workers workers) {
    Names userNames = names(users);
    Names itemNames = names(items);
    SplittableRandom random = new SplittableRandom(7);
    Feedback log = log(userNames, itemNames, SEEN, random);
    Feedback test = log(userNames, itemNames, 5, random);
    Interactions history = Interactions.of(log, Weighting.usual());
    Factors factors =
        new Factors(
            D, vectors(users, false, even, random), vectors(items, true, even, random), null);
    long start = System.nanoTime();
    Embeddings model =
        new Embeddings("made", history, factors, (request, vector) -> false, workers);
    print("index of %,d items x %d in %.1f s", items, D, seconds(start));
    rankAll(model, factors, test, users, workers);
    serve(model, log, history, users, workers);
  }

  /** All users, top 100, seen items left out, judged; against the kernel's batches alone. */
  private static void rankAll(
      Embeddings model, Factors factors, Feedback test, int users, Workers workers) {
    Searcher searcher = model.index().searcher(workers.executor(), workers.threads());
    Judge judge = new Judge(List.of(new Figure(Measure.NDCG, 100)), Convention.RECBOLE);
    double kernel = Double.MAX_VALUE;
    double whole = Double.MAX_VALUE;
    for (int turn = 0; turn < 3; turn++) {
      long start = System.nanoTime();
      for (int from = 0; from < users; from += 4096) {
        int to = Math.min(users, from + 4096);
        Slate[] slates = new Slate[to - from];
        Arrays.setAll(slates, i -> new Slate(100));
        searcher.searchAll(Arrays.copyOfRange(factors.users(), from * D, to * D), slates);
      }
      kernel = Math.min(kernel, seconds(start));
      start = System.nanoTime();
      FullRanking.of(model, Popular.of(model.history()), test, Weighting.usual(), judge, workers);
      whole = Math.min(whole, seconds(start));
    }
    print(
        "full ranking of %,d users, top 100: %.2f s; the kernel's batches alone: %.2f s; %.2f of its"
            + " rate",
        users, whole, kernel, kernel / whole);
  }

  /** 200 candidates, ranked by a learner, a slate of 10; one request after another. */
  private static void serve(
      Embeddings model, Feedback log, Interactions history, int users, Workers workers) {
    Training training =
        new Training(
            log, history, null, null, new Settings(Map.of()), 7, workers, (pass, loss) -> {});
    CandidateFeatures features = new CandidateFeatures(List.of(model), training, 0);
    int width = features.names().size();
    float[] rows = new float[200 * width];
    boolean[] relevant = new boolean[200];
    features.open().write(Request.of(0), candidates(model), rows);
    for (int i = 0; i < relevant.length; i++) {
      relevant[i] = i % 7 == 0;
    }
    RankLearner.Scorer scorer =
        new LinearLearner()
            .learn(
                new RankLearner.Lists(features.names(), rows, new int[] {200}, relevant),
                RankLearner.Objective.LISTWISE,
                new Settings(Map.of()),
                7);
    Pipeline.Session session =
        new Pipeline(model, 200, () -> ranker(features, scorer), NextSlate.usual()).open();
    Candidates slate = new Candidates();
    long[][] nanos = new long[4][REQUESTS];
    for (int turn = 0; turn < 2; turn++) {
      for (int at = 0; at < REQUESTS; at++) {
        session.recommend(Request.of(at % users), List.of(), 10, slate);
        Pipeline.Trace trace = session.trace();
        nanos[0][at] = trace.retrieveNanos();
        nanos[1][at] = trace.rankNanos();
        nanos[2][at] = trace.slateNanos();
        nanos[3][at] = trace.retrieveNanos() + trace.rankNanos() + trace.slateNanos();
      }
    }
    String[] stages = {"retrieve 200", "rank", "slate of 10", "in all"};
    for (int stage = 0; stage < stages.length; stage++) {
      Arrays.sort(nanos[stage]);
      print(
          "%-13s p50 %.3f ms, p99 %.3f ms",
          stages[stage], nanos[stage][REQUESTS / 2] / 1e6, nanos[stage][REQUESTS * 99 / 100] / 1e6);
    }
  }

  private static Candidates candidates(Embeddings model) {
    Candidates found = new Candidates();
    model.open().retrieve(Request.of(0), 200, found);
    return found;
  }

  private static Ranker ranker(CandidateFeatures features, RankLearner.Scorer scorer) {
    CandidateFeatures.Writer writer = features.open();
    float[] rows = new float[200 * features.names().size()];
    float[] scores = new float[200];
    return (request, candidates) -> {
      writer.write(request, candidates, rows);
      scorer.score(rows, candidates.size(), scores);
      for (int i = 0; i < candidates.size(); i++) {
        candidates.score(i, scores[i]);
      }
      candidates.sort();
    };
  }

  private static Names names(int count) {
    Names names = new Names();
    for (int i = 0; i < count; i++) {
      names.add(String.valueOf(i));
    }
    return names;
  }

  private static Feedback log(Names users, Names items, int each, SplittableRandom random) {
    Feedback.Builder log = Feedback.builder(users, items);
    for (int user = 0; user < users.size(); user++) {
      for (int i = 0; i < each; i++) {
        log.add(user, random.nextInt(items.size()), 1, i, Kind.CLICK);
      }
    }
    return log.build();
  }

  private static float[] vectors(int rows, boolean items, boolean even, SplittableRandom random) {
    float[] values = new float[rows * D];
    for (int row = 0; row < rows; row++) {
      double length = items && !even ? Math.exp(0.5 * random.nextGaussian()) : 1;
      for (int j = 0; j < D; j++) {
        double spread = even ? 1 : j < TASTES ? 1 / Math.sqrt(1 + j) : 0.05;
        values[row * D + j] = (float) (length * spread * random.nextGaussian());
      }
    }
    return values;
  }

  private static double seconds(long since) {
    return (System.nanoTime() - since) / 1e9;
  }

  private static void print(String format, Object... values) {
    System.out.printf(Locale.ROOT, format + "%n", values);
  }
}
