package dev.slate.recommend.cli;

import dev.slate.data.FolderFiles;
import dev.slate.data.InputException;
import dev.slate.data.OutputFolder;
import dev.slate.recommend.Embeddings;
import dev.slate.recommend.Factors;
import dev.slate.recommend.Features;
import dev.slate.recommend.Feedback;
import dev.slate.recommend.Interactions;
import dev.slate.recommend.Kind;
import dev.slate.recommend.ModelKind;
import dev.slate.recommend.Names;
import dev.slate.recommend.Retriever;
import dev.slate.recommend.Settings;
import dev.slate.recommend.Training;
import dev.slate.recommend.Weighting;
import dev.slate.recommend.Workers;
import dev.slate.recommend.feedback.CoreFilter;
import dev.slate.recommend.feedback.FeatureFiles;
import dev.slate.recommend.feedback.FeedbackFiles;
import dev.slate.recommend.feedback.FeedbackFormat;
import dev.slate.recommend.feedback.Leakage;
import dev.slate.recommend.feedback.Renaming;
import dev.slate.recommend.feedback.Split;
import dev.slate.recommend.feedback.WeightingSettings;
import dev.slate.recommend.model.Models;
import dev.slate.recommend.store.CsvFile;
import dev.slate.recommend.store.StoredModel;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code slate train}. */
@Command(
    name = "train",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Trains a model on logged feedback.")
public final class TrainCommand implements Callable<Integer>, FolderFiles {
  private static final String CURVE = "training.csv";
  private static final String HELD_BACK = "test.csv";

  /** Chosen: a thousandth of the score 1 that a factorisation of implicit feedback aims at. */
  private static final double NOTHING = 1e-3;

  @Spec private CommandSpec spec;

  @Option(
      names = "--model",
      required = true,
      paramLabel = "NAME",
      description = "A model of those below.")
  private String model;

  @Option(
      names = "--feedback",
      required = true,
      split = ",",
      paramLabel = "FILE",
      description =
          "Logs: u.data, ua.base or ratings.csv of MovieLens, user_artists.dat of Last.FM, .inter"
              + " of RecBole, impressions.csv of slate sim, or CSV or TSV with the columns"
              + " user,item[,value][,time][,kind].")
  private List<String> feedback;

  @Option(
      names = "--format",
      paramLabel = "NAME",
      description = "movielens, lastfm, inter, csv or impressions, where names do not tell it.")
  private @Nullable FeedbackFormat format;

  @Option(
      names = "--item-features",
      paramLabel = "FILE",
      description = "u.item of MovieLens, or CSV: a column of ids, then features.")
  private @Nullable String itemFeatures;

  @Option(
      names = "--user-features",
      paramLabel = "FILE",
      description = "u.user of MovieLens, or CSV: a column of ids, then features.")
  private @Nullable String userFeatures;

  @Option(
      names = "--core",
      defaultValue = "1",
      paramLabel = "N",
      description = "Keeps users and items with N rows at least (default: ${DEFAULT-VALUE}).")
  private int core;

  @Option(
      names = "--split",
      paramLabel = "HOW",
      description =
          "Holds rows back, as DIR/test.csv: random:SHARE, time:SHARE, user:SHARE, leave-one-out,"
              + " or cold:SHARE, all but the first 1 to 3 items of a share of the users.")
  private @Nullable String split;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description =
          "A setting of the model, or of what rows are worth: weight.KIND, scale, positive-from."
              + " model.json records all.")
  private Map<String, String> settings = new LinkedHashMap<>();

  @Option(
      names = "--seed",
      defaultValue = "7",
      paramLabel = "S",
      description = "Decides all that is random (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Mixin private WorkerOptions team;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Where the model goes: model.json, ids, vectors, training.csv.")
  private Path out;

  @Spec
  void listModels(CommandSpec command) {
    StringBuilder text = new StringBuilder();
    Models.all()
        .forEach(
            (name, kind) -> text.append(String.format("%n  %-13s%s", name, kind.description())));
    command.usageMessage().footer("%nModels:" + text.toString().replace("%", "%%"));
  }

  @Override
  public Stream<Path> written() {
    Stream<String> own = split == null ? Stream.of(CURVE) : Stream.of(CURVE, HELD_BACK);
    return Stream.concat(StoredModel.files(out), own.map(out::resolve));
  }

  @Override
  public Integer call() {
    return team.with(workers -> TrainingErrors.asInput(() -> train(workers)));
  }

  private int train(Workers workers) {
    ModelKind kind = Models.find(model);
    if (kind == null) {
      throw new InputException("--model", Models.unknown(model));
    }
    try (WorkProgress progress = new WorkProgress(spec.commandLine().getErr(), "train " + model)) {
      return train(kind, workers, progress);
    }
  }

  private int train(ModelKind kind, Workers workers, WorkProgress progress) {
    progress.stage("reading feedback");
    TrainingErrors.requireFormat("--format", format, feedback);
    Feedback all = FeedbackFiles.read(feedback, format, new Names(), new Names(), workers);
    if (core > 1) {
      all = Renaming.compact(CoreFilter.core(all, core));
      if (all.size() == 0) {
        throw new InputException("--core", "leaves no row: ask for less than " + core);
      }
    }
    Feedback train = all;
    Feedback test = null;
    if (split != null) {
      Split.Parts parts = Split.parse(split).divide(all, seed);
      train = Renaming.compact(parts.train());
      test = parts.test();
      Leakage.between(parts.train(), parts.test()).lines().forEach(progress::say);
    }
    Features ofItems =
        itemFeatures == null ? null : FeatureFiles.read(itemFeatures, train.items(), true);
    Features ofUsers =
        userFeatures == null ? null : FeatureFiles.read(userFeatures, train.users(), true);
    Settings own = new Settings(settings, "--set ");
    Weighting weighting = WeightingSettings.of(own);
    Interactions history = Interactions.of(train, weighting).positive();
    int below = positiveBelowZero(train, weighting);
    if (below > 0) {
      progress.say(
          below
              + " ratings below 0 count as evidence for their items, as every rating does: --set"
              + " positive-from=0 leaves them out");
    }
    long start = System.nanoTime();
    progress.stage("training");
    try (OutputFolder folder = OutputFolder.create(out);
        CsvFile curve = new CsvFile(out.resolve(CURVE), "pass,loss");
        CsvFile held =
            test == null ? null : StoredModel.log(out.resolve(HELD_BACK), test, workers)) {
      Training training =
          new Training(
              train,
              history,
              ofUsers,
              ofItems,
              own,
              seed,
              workers,
              (pass, loss) -> {
                curve.row(pass, loss);
                progress.stage(String.format(Locale.ROOT, "pass %d, loss %.4f", pass, loss));
              });
      Retriever trained = kind.train(training);
      own.refuseOthers();
      double seconds = (System.nanoTime() - start) / 1e9;
      if (trained instanceof Embeddings model && vanish(model.factors())) {
        progress.say(
            "the vectors of "
                + model.name()
                + " are all but zero: there is too little feedback for its regularisation (a"
                + " smaller --set lambda=... keeps more), and scores mean nothing");
      }
      progress.stage("writing " + out);
      new StoredModel(trained, training).write(folder.path());
      curve.commit();
      if (held != null) {
        held.commit();
      }
      progress.close();
      PrintWriter print = spec.commandLine().getOut();
      print.printf(
          Locale.ROOT,
          "%s: %,d users, %,d items, %,d interactions of %,d rows, trained in %.1f s; wrote %s%n",
          model,
          history.rows(),
          history.columns(),
          history.size(),
          train.size(),
          seconds,
          out);
      print.flush();
    }
    return 0;
  }

  private static int positiveBelowZero(Feedback log, Weighting weighting) {
    int count = 0;
    for (int row = 0; row < log.size(); row++) {
      boolean below = log.kind(row) == Kind.RATING && log.value(row) < 0;
      count += below && weighting.of(Kind.RATING, log.value(row)) > 0 ? 1 : 0;
    }
    return count;
  }

  /** Whether no score can be as large as {@link #NOTHING}, by the inequality of Cauchy. */
  private static boolean vanish(Factors factors) {
    double most = longest(factors.users(), factors.d()) * longest(factors.items(), factors.d());
    return factors.biases() == null && Math.sqrt(most) < NOTHING;
  }

  /** The largest squared length of a row. */
  private static double longest(float[] rows, int d) {
    double most = 0;
    for (int at = 0; at < rows.length; at += d) {
      double square = 0;
      for (int j = at; j < at + d; j++) {
        square += (double) rows[j] * rows[j];
      }
      most = Math.max(most, square);
    }
    return most;
  }
}
