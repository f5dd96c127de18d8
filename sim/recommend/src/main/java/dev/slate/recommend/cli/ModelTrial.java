package dev.slate.recommend.cli;

import dev.slate.data.InputException;
import dev.slate.recommend.Feedback;
import dev.slate.recommend.Retriever;
import dev.slate.recommend.Weighting;
import dev.slate.recommend.Workers;
import dev.slate.recommend.evaluate.Engagement;
import dev.slate.recommend.evaluate.Figure;
import dev.slate.recommend.evaluate.FullRanking;
import dev.slate.recommend.evaluate.Judge;
import dev.slate.recommend.evaluate.ListProperties;
import dev.slate.recommend.evaluate.ModelComparison;
import dev.slate.recommend.feedback.FeedbackFiles;
import dev.slate.recommend.feedback.FeedbackFormat;
import dev.slate.recommend.feedback.Leakage;
import dev.slate.recommend.feedback.WeightingSettings;
import dev.slate.recommend.model.Popular;
import dev.slate.recommend.store.StoredModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Judges stored models on a test. */
final class ModelTrial {
  private final String test;
  private final @Nullable FeedbackFormat format;
  private final Judge judge;
  private final Workers workers;
  private final WorkProgress progress;

  ModelTrial(
      String test,
      @Nullable FeedbackFormat format,
      Judge judge,
      Workers workers,
      WorkProgress progress) {
    this.test = test;
    this.format = format;
    this.judge = judge;
    this.workers = workers;
    this.progress = progress;
  }

  ModelComparison run(List<Path> directories) {
    List<ModelComparison.Entry> entries = new ArrayList<>();
    List<String> users = List.of();
    Set<String> names = new HashSet<>();
    Set<String> said = new LinkedHashSet<>();
    for (Path directory : directories) {
      progress.stage("reading " + directory);
      StoredModel model = StoredModel.read(directory, workers);
      Path last = directory.toAbsolutePath().normalize().getFileName();
      String name = last == null ? directory.toString() : last.toString();
      if (!names.add(name)) {
        throw new InputException("--models", "two directories are named '" + name + "'");
      }
      FullRanking ranking = rank(name, model, entries, said);
      if (!users.isEmpty() && !Set.copyOf(users).equals(Set.copyOf(ranking.scores().queries()))) {
        throw new IllegalStateException("models were judged on different users");
      }
      users = ranking.scores().queries();
    }
    said.forEach(progress::say);
    progress.stage("intervals and tests");
    return ModelComparison.of(judge.figures(), users, entries);
  }

  private FullRanking rank(
      String name, StoredModel stored, List<ModelComparison.Entry> entries, Set<String> said) {
    Retriever model = stored.retriever();
    Feedback train = stored.training().feedback();
    Weighting weighting = WeightingSettings.of(stored.training().settings());
    Feedback rows =
        FeedbackFiles.read(List.of(test), format, train.users(), train.items(), workers);
    said.addAll(Leakage.between(train, rows).lines());
    progress.stage("ranking with " + name);
    long start = System.nanoTime();
    FullRanking ranking =
        FullRanking.of(model, Popular.of(model.history()), rows, weighting, judge, workers);
    if (ranking.users().length == 0) {
      throw new InputException(test, "holds no user with a relevant item");
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    progress.stage("properties of the lists of " + name);
    int k = judge.figures().stream().mapToInt(Figure::k).max().orElse(1);
    int[][] lists = cut(ranking.lists(), k);
    Map<String, Double> properties =
        new ListProperties(model.history()).of(ranking.users(), lists, ranking.relevant());
    Map<String, Double> engagement = Engagement.of(rows, weighting, ranking.users(), lists);
    entries.add(ModelComparison.entry(name, ranking, properties, engagement, seconds));
    return ranking;
  }

  private static int[][] cut(int[][] lists, int k) {
    int[][] cut = new int[lists.length][];
    for (int i = 0; i < lists.length; i++) {
      cut[i] = lists[i].length > k ? java.util.Arrays.copyOf(lists[i], k) : lists[i];
    }
    return cut;
  }
}
