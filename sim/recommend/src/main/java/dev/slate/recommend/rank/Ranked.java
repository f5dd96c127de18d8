package dev.slate.recommend.rank;

import dev.slate.recommend.Candidates;
import dev.slate.recommend.Feedback;
import dev.slate.recommend.Interactions;
import dev.slate.recommend.ModelKind;
import dev.slate.recommend.NextSlate;
import dev.slate.recommend.Pipeline;
import dev.slate.recommend.RankLearner;
import dev.slate.recommend.RankLearner.Objective;
import dev.slate.recommend.Ranker;
import dev.slate.recommend.Request;
import dev.slate.recommend.Retrieval;
import dev.slate.recommend.Retriever;
import dev.slate.recommend.Settings;
import dev.slate.recommend.Training;
import dev.slate.recommend.feedback.WeightingSettings;
import dev.slate.recommend.model.Models;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Two stages: the first model of {@code of} retrieves candidates, and a learner orders them by the
 * scores of all models. The learner is trained on what it will see when it serves: some rows are
 * held back, the models are trained on the others, and the held-back rows grade each user's
 * candidates. Then the models are trained again, on all rows.
 */
public final class Ranked implements ModelKind {
  @Override
  public String name() {
    return "ranked";
  }

  @Override
  public String description() {
    return "candidates of a model, ordered by a learner (settings objective, learner, of)";
  }

  @Override
  public Retriever train(Training training) {
    Settings settings = training.settings();
    List<String> names = settings.list("of", "als bpr item-knn user-knn");
    int candidates = settings.count("candidates", 100, 1);
    double held = settings.number("held", 0.2, 0.01, 0.9);
    Objective objective = objective(settings);
    RankLearner learner = learner(settings);
    Settings own = settings.part(learner.name());
    RankLearner.Scorer scorer =
        learner.learn(lists(training, names, candidates, held), objective, own, training.seed());
    List<Retriever> models = models(training, names);
    CandidateFeatures features = new CandidateFeatures(models, training, 0);
    return new TwoStages(models.getFirst(), candidates, features, scorer);
  }

  private static Objective objective(Settings settings) {
    String word = settings.text("objective", "listwise");
    try {
      return Objective.valueOf(word.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw settings.refused(
          "objective", "'" + word + "' is not pointwise, pairwise or listwise", e);
    }
  }

  private static RankLearner learner(Settings settings) {
    String name = settings.text("learner", "linear");
    TreeMap<String, RankLearner> all = new TreeMap<>();
    ServiceLoader.load(RankLearner.class).forEach(each -> all.put(each.name(), each));
    RankLearner found = all.get(name);
    if (found == null) {
      throw settings.refused(
          "learner",
          name.equals("xgboost")
              ? "xgboost, 18 MB, is not part of Slate: " + Models.fetched("sim/recommend-xgboost")
              : "'" + name + "' is not one of " + String.join(", ", all.keySet()));
    }
    return found;
  }

  private static List<Retriever> models(Training training, List<String> names) {
    List<Retriever> models = new ArrayList<>();
    for (String name : names) {
      ModelKind kind = name.equals("ranked") ? null : Models.find(name);
      if (kind == null) {
        throw training.settings().refused("of", "'" + name + "' is no model to retrieve with");
      }
      models.add(kind.train(training.with(training.settings().part(name))));
    }
    if (models.isEmpty()) {
      throw training.settings().refused("of", "names no model");
    }
    return models;
  }

  /** Candidates by models of one part of the rows, judged by the other. */
  private static RankLearner.Lists lists(
      Training training, List<String> names, int candidates, double held) {
    Feedback log = training.feedback();
    boolean[] kept = new boolean[log.size()];
    int[] rows = new int[log.size()];
    int size = 0;
    for (int row = 0; row < log.size(); row++) {
      long pair = ((long) log.user(row) << 32) + log.item(row);
      SplittableRandom random =
          new SplittableRandom(~training.seed() ^ (pair * 0x9E3779B97F4A7C15L));
      kept[row] = random.nextDouble() >= held;
      if (kept[row]) {
        rows[size++] = row;
      }
    }
    Feedback inner = log.select(Arrays.copyOf(rows, size));
    Interactions history =
        Interactions.of(inner, WeightingSettings.of(training.settings())).positive();
    Training part =
        new Training(
            inner,
            history,
            training.userFeatures(),
            training.itemFeatures(),
            training.settings(),
            training.seed(),
            training.workers(),
            (pass, loss) -> {});
    List<Retriever> models = models(part, names);
    CandidateFeatures features = new CandidateFeatures(models, part, 0);
    CandidateFeatures.Writer writer = features.open();
    Retrieval retrieval = models.getFirst().open();
    Candidates found = new Candidates();
    int width = features.names().size();
    float[] all = new float[Math.multiplyExact(history.rows() * candidates, width)];
    boolean[] relevant = new boolean[history.rows() * candidates];
    int[] sizes = new int[history.rows()];
    float[] block = new float[candidates * width];
    int at = 0;
    for (int user = 0; user < history.rows(); user++) {
      training.workers().check();
      retrieval.retrieve(Request.of(user), candidates, found);
      writer.write(Request.of(user), found, block);
      System.arraycopy(block, 0, all, at * width, found.size() * width);
      for (int i = 0; i < found.size(); i++) {
        relevant[at + i] = training.interactions().contains(user, found.item(i));
      }
      sizes[user] = found.size();
      at += found.size();
    }
    return new RankLearner.Lists(
        features.names(), Arrays.copyOf(all, at * width), sizes, Arrays.copyOf(relevant, at));
  }

  /** Retrieves, and orders by the learned scores. */
  private record TwoStages(
      Retriever first, int depth, CandidateFeatures features, RankLearner.Scorer order)
      implements Retriever {
    @Override
    public String name() {
      return "ranked";
    }

    @Override
    public Interactions history() {
      return first.history();
    }

    private Ranker ranker() {
      CandidateFeatures.Writer writer = features.open();
      int width = features.names().size();
      float[][] scratch = {new float[0], new float[0]};
      return (request, candidates) -> {
        int n = candidates.size();
        if (scratch[1].length < n) {
          scratch[0] = new float[n * width];
          scratch[1] = new float[n];
        }
        writer.write(request, candidates, scratch[0]);
        order.score(scratch[0], n, scratch[1]);
        for (int i = 0; i < n; i++) {
          candidates.score(i, scratch[1][i]);
        }
        candidates.sort();
      };
    }

    @Override
    public Pipeline pipeline(int candidates, NextSlate policy) {
      return new Pipeline(first, depth, this::ranker, policy);
    }

    @Override
    public Retrieval open() {
      Pipeline.Session session = pipeline(depth, new NextSlate(Map.of())).open();
      return (request, k, out) -> session.recommend(request, List.of(), k, out);
    }
  }
}
