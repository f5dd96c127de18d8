package dev.slate.bench;

import dev.slate.bench.compare.CompareCommand;
import dev.slate.bench.doctor.DoctorCommand;
import dev.slate.bench.gate.GateCommand;
import dev.slate.bench.history.HistoryCommand;
import dev.slate.bench.run.BenchCommand;
import dev.slate.data.cli.BuildCommand;
import dev.slate.data.cli.DataCommand;
import dev.slate.data.cli.SearchCommand;
import dev.slate.recommend.cli.EvaluateCommand;
import dev.slate.recommend.cli.OnlineCommand;
import dev.slate.recommend.cli.RecommendCommand;
import dev.slate.recommend.cli.TrainCommand;
import dev.slate.service.cli.ServeCommand;
import dev.slate.sim.cli.AuditCommand;
import dev.slate.sim.cli.SimCommand;
import java.util.Locale;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.PicocliException;
import picocli.CommandLine.Spec;

/** The {@code slate} command. Each module brings its own subcommands; this class lists them. */
@Command(
    name = "slate",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Exact top-K over vectors: search, data, benchmarks and their comparison.",
    subcommands = {
      SearchCommand.class,
      BuildCommand.class,
      DataCommand.class,
      SimCommand.class,
      AuditCommand.class,
      TrainCommand.class,
      RecommendCommand.class,
      EvaluateCommand.class,
      OnlineCommand.class,
      ServeCommand.class,
      BenchCommand.class,
      CompareCommand.class,
      GateCommand.class,
      HistoryCommand.class,
      DoctorCommand.class
    })
public final class Main implements Runnable {
  /**
   * The library that reads Parquet tells which of its decoders it uses; what goes wrong it throws.
   * A reference of our own, as {@code java.util.logging} forgets levels without.
   */
  private static final Logger PARQUET = Logger.getLogger("dev.hardwood");

  @Spec private CommandSpec spec;

  private Main() {}

  /**
   * Runs a command and ends the JVM with its exit code.
   *
   * @param args the command line
   */
  public static void main(String[] args) {
    StandardStreams.install();
    EarlyExit watch = EarlyExit.watch(System.err, code -> Runtime.getRuntime().halt(code));
    int exitCode = run(commandLine(), args);
    watch.done();
    System.exit(exitCode);
  }

  /**
   * Runs a command to its end, standard output included.
   *
   * @param commandLine from {@link #commandLine}
   * @param args the command line
   * @return the exit code
   */
  static int run(CommandLine commandLine, String... args) {
    Locale.setDefault(Locale.ROOT); // What is written is read by programs too.
    // A file may be called @x: only slate gate reads arguments from files.
    commandLine.setExpandAtFiles(args.length > 0 && args[0].equals("gate"));
    try {
      int exitCode = commandLine.execute(args);
      flush(commandLine, exitCode);
      return exitCode;
    } catch (Throwable failure) {
      return Failures.exitCode(failure, commandLine.getErr());
    }
  }

  /** Help and version are written outside of any command, whose failures picocli hands on. */
  private static int execute(ParseResult parsed) {
    try {
      OutputGuard.check(parsed);
      return new CommandLine.RunLast().execute(parsed);
    } catch (PicocliException e) {
      throw e;
    } catch (RuntimeException e) {
      return Failures.exitCode(e, parsed.commandSpec().commandLine().getErr());
    }
  }

  /** What a command that failed left behind may fail once more, which need not be said again. */
  private static void flush(CommandLine commandLine, int exitCode) {
    try {
      commandLine.getOut().flush();
      System.out.flush();
    } catch (RuntimeException e) {
      if (exitCode != CommandLine.ExitCode.USAGE) {
        throw e;
      }
    }
  }

  /**
   * The whole command line: 0 done, 1 a bug in Slate, 2 usage or bad input; a command may return
   * codes of its own.
   *
   * @return a new instance
   */
  static CommandLine commandLine() {
    PARQUET.setLevel(Level.OFF);
    System.setProperty("picocli.trace", "OFF"); // It would add warnings of its own.
    return new CommandLine(new Main())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionStrategy(Main::execute)
        .setParameterExceptionHandler(Failures::usage)
        .setExecutionExceptionHandler(Failures::execution);
  }

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        spec.commandLine(), "command: missing; slate --help lists them");
  }
}
