package dev.slate.bench.run;

import dev.slate.bench.report.Machine;
import dev.slate.bench.report.Measurement;
import dev.slate.bench.report.SummaryJson;
import dev.slate.bench.report.TextTable;
import dev.slate.data.InputException;
import dev.slate.data.OutputFile;
import dev.slate.kernel.Metric;
import dev.slate.kernel.Strategy;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code slate bench}: what an exact top-K costs on this machine. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Measures the kernel and its peers on the same vectors, against what this",
      "machine's memory and arithmetic can deliver. A run that was interrupted goes on",
      "where it stopped when it is started again with the same options."
    })
public final class BenchCommand implements Callable<Integer> {
  @Option(
      names = "--quick",
      description = "Two forks of 1m and 10m items, d = 5: about two minutes.")
  private boolean quick;

  @Option(names = "--items", split = ",", paramLabel = "N", description = "Default: 1m,10m.")
  private @Nullable List<String> items;

  @Option(names = "--dims", split = ",", paramLabel = "D", description = "Default: 5,64; quick: 5.")
  private @Nullable List<Integer> dims;

  @Option(names = "-k", split = ",", paramLabel = "K", description = "Default: 10.")
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
      description = "${COMPLETION-CANDIDATES} (default: all; quick: SCAN,TREE).")
  private @Nullable List<Strategy> strategies;

  @Option(
      names = "--distribution",
      paramLabel = "NAME",
      description = "How items and queries are drawn (default: uniform).")
  private String distribution = "uniform";

  @Option(names = "--threads", paramLabel = "T", description = "Threads on one query (default: 1).")
  private int threads = 1;

  @Option(
      names = "--queries",
      paramLabel = "Q",
      description = "Queries of one call (default: 1); peers answer one at a time.")
  private int queries = 1;

  @Option(
      names = "--forks",
      paramLabel = "F",
      description = "JVMs for each row (default: 5; quick: 2).")
  private @Nullable Integer forks;

  @Option(
      names = "--peers",
      paramLabel = "P",
      description = "${COMPLETION-CANDIDATES} (default: jvm).")
  private PeerChoice peers = PeerChoice.JVM;

  @Option(names = "--out", paramLabel = "DIR", description = "Default: slate-bench.")
  private Path out = Path.of("slate-bench");

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    Questions questions =
        new Questions(
            Questions.items(items == null ? List.of("1m", "10m") : items),
            dims == null ? (quick ? List.of(5) : List.of(5, 64)) : dims,
            k,
            metrics,
            distribution,
            threads,
            queries);
    List<Strategy> wanted =
        strategies != null
            ? strategies
            : quick
                ? List.of(Strategy.SCAN, Strategy.TREE)
                : List.of(Strategy.SCAN, Strategy.TREE, Strategy.PLANES, Strategy.TILE);
    int jvms = forks != null ? forks : quick ? 2 : 5;
    Refusals refusals = new Refusals();
    List<Case> cases = questions.cases(wanted, peers, refusals);
    Plan plan = new Plan(cases, quick ? Pace.quick(jvms) : Pace.full(jvms));
    run(plan, refusals);
    return 0;
  }

  private void run(Plan plan, Refusals refusals) throws IOException {
    PrintWriter err = spec.commandLine().getErr();
    createOut();
    SavedForks saved = SavedForks.open(out.resolve("forks"), plan.fingerprint(""));
    if (saved.count() > 0) {
      err.println("going on with " + saved.count() + " forks of an interrupted run in " + out);
    }
    Progress progress =
        new Progress(err, plan.cases().size() * plan.pace().forks(), plan.expected());
    Path data = out.resolve("data");
    SavedForks.delete(data);
    Path log = out.resolve("jmh.log");
    Files.deleteIfExists(log);
    BenchRun run =
        new BenchRun(plan, new ForkRunner(plan.pace(), data, log), saved, data, progress);
    Thread hook = new Thread(() -> interrupted(run, refusals, data), "slate-bench-interrupted");
    Runtime.getRuntime().addShutdownHook(hook);
    run.run();
    Runtime.getRuntime().removeShutdownHook(hook);
    progress.end();
    publish(run, refusals);
    saved.clear();
  }

  private void interrupted(BenchRun run, Refusals refusals, Path data) {
    run.stop();
    try {
      publish(run, refusals);
      SavedForks.delete(data);
    } catch (IOException e) {
      spec.commandLine().getErr().println("slate: " + out + ": cannot be written: " + e);
    }
    spec.commandLine().getErr().println("interrupted; the same command goes on from here");
    spec.commandLine().getErr().flush();
  }

  private void publish(BenchRun run, Refusals refusals) throws IOException {
    List<Measurement> rows = run.measurements();
    Machine machine =
        Machine.look(
            "", spec.commandLine().getParseResult().originalArgs(), ForkRunner.flags(), Map.of());
    PrintWriter print = spec.commandLine().getOut();
    print.println(machine.line());
    print.print(TextTable.render(rows));
    for (Map.Entry<Case, String> failure : run.failures().entrySet()) {
      refusals.add(failure.getKey(), failure.getValue());
    }
    print.print(refusals.render());
    if (!rows.isEmpty()) {
      write("results.json", JmhFile.render(run.forks()));
      write("summary.json", SummaryJson.render(rows));
    }
    write("machine.json", machine.json());
    print.println();
    print.println("Files: " + out + "/{results,summary,machine}.json");
    print.flush();
  }

  private void createOut() {
    try {
      Files.createDirectories(out);
    } catch (IOException e) {
      throw new InputException("--out", out + " cannot be created", e);
    }
  }

  private void write(String name, String text) throws IOException {
    try (OutputFile file = OutputFile.create(out.resolve(name).toString());
        OutputStream stream = file.stream()) {
      stream.write(text.getBytes(StandardCharsets.UTF_8));
      stream.flush();
      file.commit();
    }
  }
}
