package dev.slate.bench.gate;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slate.bench.compare.Comparison;
import dev.slate.bench.compare.ComparisonOptions;
import dev.slate.bench.compare.ComparisonRules;
import dev.slate.bench.compare.Format;
import dev.slate.bench.compare.Selection;
import dev.slate.bench.provenance.MachineFacts;
import dev.slate.bench.provenance.ShellLine;
import dev.slate.bench.results.BadInputException;
import dev.slate.bench.results.Direction;
import dev.slate.bench.results.JmhReader;
import dev.slate.bench.results.Results;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code slate gate}: is the candidate slower than the baseline, measured here and now? */
@Command(
    name = "gate",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Measures two builds of a JMH project in turns on this machine and compares them.",
      "Ends with 3 if a row regressed, else 4 if one is undecided or missing, else 0.",
      "Ctrl-C stops it, and reports what was measured so far."
    },
    footer = {
      "",
      "The working tree against a branch, in at most five minutes:",
      "  slate gate --baseline main --benchmarks Parser --budget 5m"
    })
public final class GateCommand implements Callable<Integer> {
  private static final int INTERRUPTED = 130;
  private static final String STORED = "stored";

  @Option(
      names = "--baseline",
      paramLabel = "CODE",
      description =
          "What to measure against: a benchmark jar, a folder of jars, or a git ref; stored takes"
              + " what --store-baseline kept, on this machine.")
  private @Nullable String baseline;

  @Option(
      names = "--candidate",
      paramLabel = "CODE",
      description = "The code that is judged: the same kinds (default: the working tree).")
  private @Nullable String candidate;

  @Option(
      names = "--store-baseline",
      description = "Measures the candidate alone and keeps its results as the baseline.")
  private boolean storeBaseline;

  @Option(
      names = "--store",
      paramLabel = "WHERE",
      description =
          "Where a stored baseline is kept: a folder, or a git ref that begins with refs/"
              + " (default: refs/slate/baseline).")
  private String store = BaselineStore.DEFAULT;

  @Option(
      names = "--budget",
      paramLabel = "TIME",
      converter = DurationText.class,
      description =
          "Limit of the time to measure, builds excluded; it ends when all is decided (default:"
              + " 10m).")
  private Duration budget = Duration.ofMinutes(10);

  @Mixin private ComparisonOptions rules = new ComparisonOptions();
  @Mixin private Selection selection = new Selection();

  @Option(
      names = "--project",
      paramLabel = "DIR",
      description = "The folder that is built, in a git repository (default: here).")
  private Path project = Path.of("");

  @Option(
      names = "--build",
      paramLabel = "COMMAND",
      description =
          "Builds a checkout (default: mvn -B -q -DskipTests package, or the wrapper of Maven or"
              + " Gradle, in the project's folder or above it; Gradle runs jmhJar).")
  private @Nullable String build;

  @Option(
      names = "--jar",
      paramLabel = "GLOB",
      description =
          "The benchmark jar, or a folder of jars, in a built checkout (default: the one jar with"
              + " benchmarks and JMH in it).")
  private @Nullable String jar;

  @Option(
      names = "--iteration-time",
      paramLabel = "TIME",
      description =
          "Length of an iteration, such as 200ms; auto fits the budget, annotated leaves it to the"
              + " benchmark (default: auto).")
  private String iterationTime = "auto";

  @Option(
      names = "--turns",
      paramLabel = "WHAT",
      description =
          "What takes turns: iterations, with the JVMs of all sides alive at once; or forks, where"
              + " memory is short or benchmarks work on between iterations (default:"
              + " iterations).")
  private TurnsOf turns = TurnsOf.ITERATIONS;

  @Option(
      names = "--java",
      paramLabel = "FILE",
      description = "The java that runs both sides (default: the one that runs Slate).")
  private String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();

  @Option(
      names = "--jvm-args",
      paramLabel = "ARGS",
      description = "More flags for each fork, in one string.")
  private String jvmArgs = "";

  @Option(
      names = "--jmh-args",
      paramLabel = "ARGS",
      description = "More arguments for JMH, in one string, such as '-wi 3 -p n=1000'.")
  private String jmhArgs = "";

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "${COMPLETION-CANDIDATES} (default: text).")
  private Format format = Format.TEXT;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Keeps the forks of each side, gate.json, gate.md and machine.json there.")
  private @Nullable String out;

  @Spec private CommandSpec spec;

  private final List<String> mavenOptions;
  private final UnaryOperator<String> words;

  /** Builds with Maven as it is set up, and names options as they are called here. */
  public GateCommand() {
    this(List.of(), note -> note);
  }

  /**
   * Builds with options of Maven, unless {@code --build} names the command, and names options as
   * its caller does.
   *
   * @param mavenOptions such as {@code --offline}
   * @param words from a note to what is said in its place
   */
  public GateCommand(List<String> mavenOptions, UnaryOperator<String> words) {
    this.mavenOptions = List.copyOf(mavenOptions);
    this.words = words;
  }

  /** What {@code --turns} says. */
  enum TurnsOf {
    ITERATIONS,
    FORKS;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Override
  public Integer call() throws IOException {
    if (storeBaseline ? baseline != null : baseline == null) {
      throw new BadInputException(
          "--baseline", storeBaseline ? "not with --store-baseline, which makes one" : "missing");
    }
    ComparisonRules applied = rules.rules();
    JmhOptions options = JmhOptions.of(java, selection.benchmarks(), jmhArgs, jvmArgs);
    IterationTime length =
        options.setIterations() ? IterationTime.ANNOTATED : IterationTime.of(iterationTime);
    ResultFolder results = new ResultFolder(out);
    PrintWriter err = spec.commandLine().getErr();
    if (!Files.isDirectory(project.toAbsolutePath())) {
      throw new BadInputException("--project", project + " is no directory");
    }
    try (Processes processes = new Processes();
        Scratch scratch = Scratch.create();
        Checkouts checkouts =
            new Checkouts(
                project.toAbsolutePath(),
                build,
                mavenOptions,
                jar,
                scratch.folder(),
                processes,
                err)) {
      int bits = VectorWidth.bits(java, List.of(), processes, scratch.folder());
      Clock clock = new Clock(budget, System::nanoTime);
      GateProgress progress = new GateProgress(err, Boolean.getBoolean("slate.terminal"), clock);
      Sources sources = new Sources(checkouts, scratch.folder());
      Measuring measuring =
          subjects ->
              new JmhHarness(
                  subjects,
                  options,
                  processes,
                  scratch.folder(),
                  turns == TurnsOf.ITERATIONS,
                  results::add);
      if (storeBaseline || STORED.equals(baseline)) {
        return alone(sources, measuring, applied, length, clock, progress, results, bits);
      }
      SideJars before = sources.resolve("--baseline", baseline, Arm.BASELINE);
      SideJars after = sources.resolve("--candidate", candidate, Arm.CANDIDATE);
      Map<Arm, SideJars> subjects =
          Map.of(
              Arm.BASELINE, before,
              Arm.CANDIDATE, after,
              Arm.CONTROL, sources.again(before, Arm.CONTROL));
      GateOutcome outcome =
          measure(new Gate(measuring.of(subjects), applied, this::judged, length, clock, progress));
      progress.end();
      Comparison comparison =
          shown(
              outcome.comparison().noting("vectors of " + bits + " bits"),
              results.runs(Arm.BASELINE),
              results.runs(Arm.CANDIDATE));
      report(comparison, before.name(), after.name(), results);
      results.write("machine.json", machine(bits));
      return outcome.interrupted() ? INTERRUPTED : comparison.exitCode();
    } catch (Stopped e) {
      return INTERRUPTED;
    }
  }

  /** Makes a harness of the jars of each side. */
  private interface Measuring {
    Harness of(Map<Arm, SideJars> subjects) throws IOException;
  }

  /** The candidate alone: to keep it, or to compare it with what was kept. */
  @SuppressWarnings("try") // The lock is held, not used.
  private int alone(
      Sources sources,
      Measuring measuring,
      ComparisonRules applied,
      IterationTime length,
      Clock clock,
      GateProgress progress,
      ResultFolder results,
      int bits)
      throws IOException {
    BaselineStore kept = new BaselineStore(store, project.toAbsolutePath());
    BaselineStore.Stored before = storeBaseline ? null : kept.read();
    SideJars after = sources.resolve("--candidate", candidate, Arm.CANDIDATE);
    Harness harness = measuring.of(Map.of(Arm.CANDIDATE, after));
    Results measured;
    try (JmhLock lock = JmhLock.take()) {
      measured =
          new OneSide(harness, applied, this::judged, length, clock, progress).run(Arm.CANDIDATE);
    }
    progress.end();
    if (measured.rows().isEmpty()) {
      throw new BadInputException("--benchmarks", "no row was measured");
    }
    results.write("machine.json", machine(bits));
    if (before == null) {
      kept.write(after.name(), results.runs(Arm.CANDIDATE));
      int rows = measured.rows().size();
      String count = rows == 1 ? "1 row" : rows + " rows";
      progress.say("stored " + count + " of " + after.name() + " in " + store);
      return 0;
    }
    Results base = judged(JmhReader.parse(store, before.runs()));
    Comparison comparison =
        shown(
            Comparison.of(base, measured, applied)
                .noting("vectors of " + bits + " bits")
                .noting("the baseline was measured before, on this machine, not in turns"),
            before.runs(),
            results.runs(Arm.CANDIDATE));
    report(comparison, "stored " + before.name(), after.name(), results);
    return comparison.exitCode();
  }

  /** The chosen rows; those of no known direction would cost time and decide nothing. */
  private Results judged(Results all) {
    return selection.keep(all).where(series -> series.metric().direction() != Direction.UNKNOWN);
  }

  /** With the rows of no known direction, of the forks that were measured for the others. */
  private Comparison shown(Comparison comparison, JsonNode before, JsonNode after) {
    return before.isEmpty() || after.isEmpty()
        ? comparison
        : selection.advised(
            comparison.showing(
                selection.keep(JmhReader.parse("baseline", before)),
                selection.keep(JmhReader.parse("candidate", after))));
  }

  private String machine(int vectorBits) {
    String command = ShellLine.of(spec.commandLine().getParseResult().originalArgs());
    Map<String, Object> facts = MachineFacts.begin(command);
    MachineFacts.hardware(facts);
    facts.put("vector_bits", vectorBits);
    return MachineFacts.json(facts);
  }

  @SuppressWarnings("try") // The lock is held, not used.
  private static GateOutcome measure(Gate gate) throws IOException {
    try (JmhLock lock = JmhLock.take()) {
      return gate.run();
    }
  }

  private void report(Comparison measured, String before, String after, ResultFolder results) {
    Comparison comparison = measured.worded(words);
    Ansi ansi = spec.commandLine().getColorScheme().ansi();
    PrintWriter stdout = spec.commandLine().getOut();
    stdout.print(format.render(comparison, before, after, ansi));
    stdout.flush();
    results.write("gate.json", Format.JSON.render(comparison, before, after, Ansi.OFF));
    results.write("gate.md", Format.MARKDOWN.render(comparison, before, after, Ansi.OFF));
  }
}
