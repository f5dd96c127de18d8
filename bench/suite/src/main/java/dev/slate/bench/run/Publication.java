package dev.slate.bench.run;

import dev.slate.bench.report.BenchmarkPage;
import dev.slate.bench.report.Machine;
import dev.slate.bench.report.Measurement;
import dev.slate.bench.report.SummaryJson;
import dev.slate.bench.report.TextTable;
import dev.slate.data.InputException;
import dev.slate.data.OutputFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;

/** The table and the files of a run, made of what it has measured when they are asked for. */
final class Publication {
  private final BenchRun run;
  private final Refusals refusals;
  private final Path out;
  private final Machine.MeasuredBuild build;
  private final String command;
  private final PrintWriter print;
  private boolean published;

  /**
   * Prepares.
   *
   * @param run whose results
   * @param refusals what was left out before it began
   * @param out directory of the files
   * @param build the build that was measured
   * @param command the command that repeats the run
   * @param print where the table goes
   */
  Publication(
      BenchRun run,
      Refusals refusals,
      Path out,
      Machine.MeasuredBuild build,
      String command,
      PrintWriter print) {
    this.run = run;
    this.refusals = refusals;
    this.out = out;
    this.build = build;
    this.command = command;
    this.print = print;
  }

  /**
   * Prints and writes, the first time that it is called.
   *
   * @throws InputException if nothing was measured, though no answer was wrong, or a file cannot be
   *     written
   * @throws IOException if what was saved cannot be read
   */
  synchronized void publish() throws IOException {
    if (published) {
      return;
    }
    published = true;
    for (Map.Entry<Case, String> failure : run.failures().entrySet()) {
      refusals.add(failure.getKey(), failure.getValue());
    }
    List<Measurement> rows = run.measurements();
    if (rows.isEmpty()) {
      print.print(refusals.render());
      print.flush();
      if (run.bugs().isEmpty()) {
        throw new InputException("bench", "nothing was measured");
      }
      return;
    }
    Machine machine = Machine.look(build, command, ForkRunner.flags(), run.data());
    print.println(machine.line());
    print.print(TextTable.render(rows));
    print.print(refusals.render());
    write("results.json", JmhFile.render(run.forks()));
    write("summary.json", SummaryJson.render(rows));
    write("machine.json", machine.json());
    write("report.html", BenchmarkPage.render(rows, refusals.lines(), machine));
    print.println();
    print.println("Files: " + out + "/report.html, " + out + "/{results,summary,machine}.json");
    print.flush();
  }

  /**
   * Writes beside and renames; not an {@link OutputFile}, which commits nothing at the JVM's end.
   */
  private void write(String name, String text) {
    Path path = out.resolve(name);
    Path beside = out.resolve("." + name + ".tmp");
    try {
      Files.writeString(beside, text);
      Files.move(beside, path, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw OutputFile.unwritable(path.toString(), e);
    }
  }
}
