package dev.slate.recommend.cli;

import dev.slate.data.FolderFiles;
import dev.slate.data.InputException;
import dev.slate.data.OutputFile;
import dev.slate.data.OutputFolder;
import dev.slate.recommend.Workers;
import dev.slate.recommend.evaluate.Judge;
import dev.slate.recommend.evaluate.ModelComparison;
import dev.slate.recommend.evaluate.Rankings;
import dev.slate.recommend.evaluate.Scores;
import dev.slate.recommend.feedback.FeedbackFormat;
import dev.slate.recommend.report.ComparisonJson;
import dev.slate.recommend.report.ComparisonPage;
import dev.slate.recommend.report.ComparisonText;
import dev.slate.recommend.store.CsvFile;
import dev.slate.recommend.store.StoredModel;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code slate evaluate}. */
@Command(
    name = "evaluate",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Judges ranked lists against a truth, with the definitions of a named tool.")
public final class EvaluateCommand implements Callable<Integer>, FolderFiles {
  private static final String JSON = "evaluation.json";
  private static final String USERS = "users.csv";
  private static final String PAGE = "report.html";

  @Spec private CommandSpec spec;

  @Option(
      names = "--truth",
      paramLabel = "FILE",
      description = "What is relevant: TREC qrels, or CSV with user,item[,value].")
  private @Nullable String truth;

  @Option(
      names = "--run",
      paramLabel = "FILE",
      description = "What was recommended: a TREC run, or CSV with user,item[,rank][,score].")
  private @Nullable String run;

  @Option(
      names = "--models",
      split = ",",
      paramLabel = "DIR",
      description = "Models that slate train wrote, instead of --truth and --run.")
  private List<Path> models = List.of();

  @Option(
      names = "--test",
      paramLabel = "FILE",
      description = "What the models are judged on: any log that slate train reads.")
  private @Nullable String test;

  @Option(
      names = "--test-format",
      paramLabel = "NAME",
      description = "movielens, lastfm, inter, csv or impressions, where the name does not tell.")
  private @Nullable FeedbackFormat testFormat;

  @Mixin private JudgeOptions judging;

  @Option(names = "--per-user", description = "Prints the figures of each user too.")
  private boolean perUser;

  @Option(
      names = "--format",
      defaultValue = "text",
      paramLabel = "text|csv|json",
      description = "How the figures are printed (default: ${DEFAULT-VALUE}).")
  private OutputFormat format;

  @Mixin private WorkerOptions team;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "With --models: writes evaluation.json, users.csv and report.html here.")
  private @Nullable Path out;

  @Override
  public Stream<Path> read() {
    return models.stream().flatMap(StoredModel::files);
  }

  @Override
  public Stream<Path> written() {
    return out == null ? Stream.empty() : Stream.of(JSON, USERS, PAGE).map(out::resolve);
  }

  @Override
  public Integer call() {
    return models.isEmpty() ? judgeRun() : team.with(this::judgeModels);
  }

  private int judgeModels(Workers workers) {
    if (test == null) {
      throw new InputException("--test", "is missing: --models are judged on it");
    }
    if (truth != null || run != null) {
      throw new InputException("--models", "goes without --truth and --run");
    }
    TrainingErrors.requireFormat("--test-format", testFormat, List.of(test));
    Judge judge = judging.judge();
    PrintWriter print = spec.commandLine().getOut();
    ModelComparison comparison;
    try (WorkProgress progress = new WorkProgress(spec.commandLine().getErr(), "evaluate")) {
      comparison = new ModelTrial(test, testFormat, judge, workers, progress).run(models);
    }
    String convention = judge.convention().word();
    String json = ComparisonJson.of(comparison, convention, judging.k());
    if (out != null) {
      try (OutputFolder folder = OutputFolder.create(out)) {
        OutputFile.write(folder.path().resolve(JSON), json);
        users(comparison, folder.path().resolve(USERS));
        OutputFile.write(
            folder.path().resolve(PAGE), ComparisonPage.of(comparison, convention, test));
      }
    }
    switch (format) {
      case TEXT -> ComparisonText.print(comparison, convention, print);
      case JSON -> print.println(json);
      case CSV -> {
        print.print("model,metric,mean,low,high\n");
        for (ModelComparison.Entry entry : comparison.models()) {
          for (int i = 0; i < entry.means().length; i++) {
            print.print(
                CsvFile.quoted(entry.name())
                    + ","
                    + comparison.figures().get(i).name()
                    + ","
                    + entry.means()[i]
                    + ","
                    + entry.intervals()[i].low()
                    + ","
                    + entry.intervals()[i].high()
                    + "\n");
          }
        }
      }
    }
    if (out != null && format == OutputFormat.TEXT) {
      print.println("wrote " + out);
    }
    print.flush();
    return 0;
  }

  private static void users(ModelComparison comparison, Path path) {
    StringBuilder header = new StringBuilder("model,user");
    comparison.figures().forEach(figure -> header.append(',').append(figure.name()));
    try (CsvFile csv = new CsvFile(path, header.toString())) {
      Object[] cells = new Object[comparison.figures().size() + 2];
      for (ModelComparison.Entry entry : comparison.models()) {
        cells[0] = entry.name();
        for (int user = 0; user < comparison.users().size(); user++) {
          cells[1] = comparison.users().get(user);
          for (int i = 0; i < entry.values().length; i++) {
            cells[i + 2] = entry.values()[i][user];
          }
          csv.row(cells);
        }
      }
      csv.commit();
    }
  }

  private int judgeRun() {
    if (truth == null || run == null) {
      throw new InputException(
          truth == null ? "--truth" : "--run",
          "is missing: --truth with --run, or --models with --test");
    }
    Judge judge = judging.judge();
    Map<String, Map<String, Float>> relevant = Rankings.truth(truth);
    Map<String, List<String>> lists = Rankings.run(run, judge.convention());
    Scores scores = Rankings.judge(relevant, lists, judge);
    if (scores.queries().isEmpty()) {
      throw new InputException(run, "shares no user with " + truth + " who has a relevant item");
    }
    PrintWriter err = spec.commandLine().getErr();
    long unknown = lists.keySet().stream().filter(user -> !relevant.containsKey(user)).count();
    if (unknown > 0) {
      err.println(unknown + " users of the run are not in the truth and are left out");
    }
    long unanswered = relevant.keySet().stream().filter(user -> !lists.containsKey(user)).count();
    if (unanswered > 0) {
      err.println(
          unanswered
              + " users of the truth have no list: "
              + judge.convention().word()
              + (judge.convention().averagesOverBoth() ? " leaves them out" : " counts them as 0"));
    }
    err.flush();
    ScoresPrinter.print(scores, judge, judging.k(), perUser, format, spec.commandLine().getOut());
    return 0;
  }
}
