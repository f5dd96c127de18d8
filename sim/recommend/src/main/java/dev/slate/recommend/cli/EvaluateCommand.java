package dev.slate.recommend.cli;

import dev.slate.data.InputException;
import dev.slate.recommend.evaluate.Judge;
import dev.slate.recommend.evaluate.Rankings;
import dev.slate.recommend.evaluate.Scores;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
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
public final class EvaluateCommand implements Callable<Integer> {
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

  @Mixin private JudgeOptions judging;

  @Option(names = "--per-user", description = "Prints the figures of each user too.")
  private boolean perUser;

  @Option(
      names = "--format",
      defaultValue = "text",
      paramLabel = "text|csv|json",
      description = "How the figures are printed (default: ${DEFAULT-VALUE}).")
  private Format format;

  @Override
  public Integer call() {
    if (truth == null || run == null) {
      throw new InputException(truth == null ? "--truth" : "--run", "is missing");
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
