package dev.slate.bench.compare;

import dev.slate.bench.results.BadInputException;
import dev.slate.bench.results.JmhReader;
import dev.slate.bench.results.Results;
import dev.slate.bench.results.Series;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code slate compare}: two JMH result files, row by row. */
@Command(
    name = "compare",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Compares two results of JMH (-rf json), of this or any other project.",
      "Ends with 3 if a row regressed, else 4 if one is undecided or missing, else 0."
    })
public final class CompareCommand implements Callable<Integer> {
  @Parameters(
      index = "0",
      paramLabel = "BASE.json",
      description = "The baseline; - is standard input.")
  private String base = "";

  @Parameters(
      index = "1",
      paramLabel = "NEW.json",
      description = "The candidate; - is standard input.")
  private String candidate = "";

  @Mixin private ComparisonOptions rules = new ComparisonOptions();
  @Mixin private Selection selection = new Selection();

  @Option(
      names = "--across-jvms",
      description = "Compare although JVM or flags differ: they are the subject.")
  private boolean acrossJvms;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "${COMPLETION-CANDIDATES} (default: text).")
  private Format format = Format.TEXT;

  @Spec private CommandSpec spec;

  private final UnaryOperator<String> words;

  /** Names options as they are called here. */
  public CompareCommand() {
    this(note -> note);
  }

  /**
   * Names options as its caller does.
   *
   * @param words from a note to what is said in its place
   */
  public CompareCommand(UnaryOperator<String> words) {
    this.words = words;
  }

  @Override
  public Integer call() {
    if (base.equals("-") && candidate.equals("-")) {
      throw new BadInputException("-", "only one side can be read from standard input");
    }
    ComparisonRules applied = rules.rules();
    Results before = selection.of(JmhReader.read(base));
    Results after = selection.of(JmhReader.read(candidate));
    Comparison comparison = selection.advised(Comparison.of(before, after, applied, acrossJvms));
    if (!acrossJvms && differ(before, after)) {
      comparison = comparison.noting("JVM or flags differ; --across-jvms compares all the same");
    }
    var ansi = spec.commandLine().getColorScheme().ansi();
    spec.commandLine()
        .getOut()
        .print(format.render(comparison.worded(words), base, candidate, ansi));
    spec.commandLine().getOut().flush();
    return comparison.exitCode();
  }

  private static boolean differ(Results before, Results after) {
    return before.rows().values().stream()
        .anyMatch(
            series -> {
              Series other = after.get(series.key());
              return other != null
                  && !series.environment().differences(other.environment()).isEmpty();
            });
  }
}
