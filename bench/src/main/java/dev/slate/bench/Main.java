package dev.slate.bench;

import dev.slate.bench.compare.CompareCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The {@code slate} command. Each module brings its own subcommands; this class lists them. */
@Command(
    name = "slate",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Exact top-K over vectors: search, data, benchmarks and their comparison.",
    subcommands = {CompareCommand.class})
public final class Main implements Runnable {
  @Spec private CommandSpec spec;

  private Main() {}

  /**
   * Runs a command and ends the JVM with its exit code.
   *
   * @param args the command line
   */
  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  /**
   * The whole command line, ready to {@link CommandLine#execute execute}: 0 done, 1 a bug in Slate,
   * 2 usage or bad input.
   *
   * @return a new instance
   */
  static CommandLine commandLine() {
    return new CommandLine(new Main())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(Failures::usage)
        .setExecutionExceptionHandler(Failures::execution);
  }

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        spec.commandLine(), "command: missing; slate --help lists them");
  }
}
