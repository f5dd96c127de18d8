package dev.slate.bench.run;

import dev.slate.bench.Build;
import dev.slate.bench.planner.PlannerCommand;
import dev.slate.bench.provenance.MachineFacts;
import dev.slate.bench.provenance.ShellLine;
import dev.slate.bench.report.Machine;
import dev.slate.bench.suite.StrategyChoice;
import dev.slate.data.InputException;
import dev.slate.kernel.Metric;
import dev.slate.kernel.Planning;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code slate bench}: what an exact top-K costs on this machine. */
@Command(
    name = "bench",
    subcommands = PlannerCommand.class,
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Measures the kernel and its peers on the same vectors.",
      "Sets each time against what this machine's memory and arithmetic can deliver.",
      "Prints a table; DIR gets report.html, results.json, summary.json, machine.json.",
      "",
      "After Ctrl-C, DIR holds what was measured so far, and the same command goes on",
      "from there. N may end in k or m. Lists are separated by commas."
    })
public final class BenchCommand implements Callable<Integer> {
  @Option(
      names = "--quick",
      description = "1m and 10m items, d = 5, two short forks: within three minutes.")
  private boolean quick;

  @Mixin private DataOptions data = new DataOptions();

  @Option(
      names = "-k",
      split = ",",
      paramLabel = "K",
      description = "Sizes of the answer (default: 10).")
  private List<Integer> k = List.of(10);

  @Option(
      names = "--metric",
      split = ",",
      paramLabel = "M",
      description = "${COMPLETION-CANDIDATES} (default: EUCLIDEAN).")
  private List<Metric> metrics = List.of(Metric.EUCLIDEAN);

  @Option(
      names = "--strategy",
      split = ",",
      paramLabel = "S",
      converter = StrategyConverter.class,
      completionCandidates = StrategyConverter.class,
      description =
          "${COMPLETION-CANDIDATES} (default: SCAN,TREE,QUANTIZED for one query, SCAN for many;"
              + " quick: SCAN,TREE).")
  private @Nullable List<StrategyChoice> strategies;

  @Option(
      names = "--planning",
      split = ",",
      paramLabel = "P",
      description =
          "How --strategy auto chooses: ${COMPLETION-CANDIDATES} (default: ESTIMATED). Rows that"
              + " MEASURED planned are named measured.")
  private @Nullable List<Planning> plannings;

  @Option(
      names = "--queries",
      split = ",",
      paramLabel = "Q",
      description =
          "Queries in one call (default: 1,64; quick: 1). Of the peers, openblas and faiss-flat"
              + " take many; the others are measured one at a time.")
  private @Nullable List<Integer> queries;

  @Option(
      names = "--threads",
      split = ",",
      paramLabel = "T",
      description = "Threads that share a call (default: 1). Peers have one.")
  private List<Integer> threads = List.of(1);

  @Option(
      names = "--density",
      split = ",",
      paramLabel = "F",
      description =
          "Shares of the items that a filter admits (default: 1, no filter). Peers and batches"
              + " have no filter.")
  private List<Double> densities = List.of(1.0);

  @Option(
      names = "--forks",
      paramLabel = "F",
      description = "JVMs for each row (default: 5; quick: 2).")
  private @Nullable Integer forks;

  @Option(
      names = "--seconds",
      paramLabel = "S",
      description = "How long each fork measures once it is warm (default: 5; quick: 1.5).")
  private @Nullable Double seconds;

  @Option(
      names = "--build-limit",
      paramLabel = "S",
      description =
          "Seconds that a peer may build, or it is left out (default: 600; quick: 10). Graphs of"
              + " long vectors need more.")
  private @Nullable Integer buildLimit;

  @Option(
      names = "--peers",
      split = ",",
      paramLabel = "P",
      description =
          "Peers by name, jvm for those that answer exactly in a JVM, all or none (default: jvm;"
              + " quick: scalar-loop,vertical-loop,lucene-flat).")
  private @Nullable List<String> peers;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where to write (default: ${DEFAULT-VALUE}).")
  private Path out = Path.of("slate-bench");

  @Option(
      names = "--fresh",
      description = "Measure all anew, whatever an interrupted run has left in DIR.")
  private boolean fresh;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    Refusals refusals = new Refusals();
    run(plan(refusals), refusals);
    return 0;
  }

  /**
   * The rows that the options ask for.
   *
   * @param refusals takes the rows that cannot be measured
   */
  RunPlan plan(Refusals refusals) {
    Questions questions =
        new Questions(data.sources(quick), k, metrics, threads, queries(), densities);
    return new RunPlan(questions.cases(strategies(), quick, peers(), refusals), timing());
  }

  private @Nullable List<StrategyChoice> strategies() {
    if (plannings == null) {
      return strategies;
    }
    if (strategies == null || !strategies.contains(StrategyChoice.AUTO)) {
      throw new InputException("--planning", "goes with --strategy auto only");
    }
    List<StrategyChoice> choices = new ArrayList<>();
    for (StrategyChoice strategy : strategies) {
      if (strategy == StrategyChoice.AUTO) {
        plannings.forEach(planning -> choices.add(StrategyChoice.planned(planning)));
      } else {
        choices.add(strategy);
      }
    }
    return choices;
  }

  private List<Integer> queries() {
    return queries != null ? queries : quick ? List.of(1) : List.of(1, 64);
  }

  private Peers peers() {
    return peers != null ? Peers.named(peers) : quick ? Peers.QUICK : Peers.EXACT;
  }

  private ForkTiming timing() {
    int jvms = forks != null ? forks : quick ? 2 : 5;
    if (jvms < 1) {
      throw new InputException("--forks", "must be at least 1, but it is " + jvms);
    }
    ForkTiming timing = quick ? ForkTiming.quick(jvms) : ForkTiming.full(jvms);
    if (buildLimit != null) {
      if (buildLimit < 1) {
        throw new InputException("--build-limit", "must be at least 1, but it is " + buildLimit);
      }
      timing = timing.limitingBuilds(Duration.ofSeconds(buildLimit));
    }
    if (seconds == null) {
      return timing;
    }
    if (!(seconds >= 0.01 && seconds <= 3600)) {
      throw new InputException("--seconds", "must be from 0.01 to 3600, but it is " + seconds);
    }
    return timing.measuring(Duration.ofMillis(Math.round(seconds * 1000)));
  }

  private void run(RunPlan plan, Refusals refusals) throws IOException {
    PrintWriter err = spec.commandLine().getErr();
    Machine.MeasuredBuild build = build();
    createOut();
    if (fresh) {
      SavedForks.delete(out.resolve("forks"));
    }
    SavedForks saved =
        SavedForks.open(
            out.resolve("forks"), plan.fingerprint(build.digest(), MachineFacts.processor()));
    if (saved.count() > 0) {
      err.printf(
          "going on with %d forks of an interrupted run in %s; --fresh measures all anew%n",
          saved.count(), out);
    }
    RunProgress progress =
        new RunProgress(err, plan.cases().size() * plan.timing().forks(), plan.expected());
    Path vectors = out.resolve("data");
    Path log = out.resolve("jmh.log");
    Files.deleteIfExists(log);
    BenchRun run =
        new BenchRun(
            plan,
            new ForkRunner(plan.timing(), vectors, log),
            new NativeRunner(plan.timing(), vectors, out.resolve("programs"), log),
            saved,
            vectors,
            progress);
    String command = ShellLine.of(spec.commandLine().getParseResult().originalArgs());
    Publication publication =
        new Publication(run, refusals, out, build, command, spec.commandLine().getOut());
    Interruption.guard(
        () -> {
          run.run();
          progress.end();
          publication.publish();
        },
        () -> interrupted(run, saved, publication, err));
    saved.clear();
    if (!run.bugs().isEmpty()) {
      throw new IllegalStateException(String.join(System.lineSeparator(), run.bugs()));
    }
  }

  private static void interrupted(
      BenchRun run, SavedForks saved, Publication publication, PrintWriter err) {
    run.stop();
    ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
    try {
      run.deleteData();
      if (run.measurements().isEmpty()) {
        if (saved.count() == 0) {
          saved.clear();
        }
        err.println("interrupted before anything was measured");
      } else {
        publication.publish();
        err.println("interrupted: the same command goes on from here");
      }
    } catch (InputException | IOException e) {
      err.println("slate: " + e.getMessage());
    }
    err.flush();
  }

  private static Machine.MeasuredBuild build() {
    String commit = Build.commit();
    return new Machine.MeasuredBuild(
        commit.replace("-dirty", ""), commit.endsWith("-dirty"), Build.digest());
  }

  private void createOut() {
    try {
      Files.createDirectories(out);
      Files.delete(Files.createTempFile(out, ".slate", ".tmp"));
    } catch (FileAlreadyExistsException e) {
      throw new InputException("--out", out + " is not a directory", e);
    } catch (AccessDeniedException e) {
      throw new InputException("--out", out + ": permission denied", e);
    } catch (FileSystemException e) {
      throw new InputException("--out", out + " cannot be written: " + reason(e), e);
    } catch (IOException e) {
      throw new InputException("--out", out + " cannot be written: " + e.getMessage(), e);
    }
  }

  private static String reason(FileSystemException failure) {
    String reason = failure.getReason();
    return reason != null ? reason : failure.getClass().getSimpleName();
  }
}
