package dev.slate.sim;

import dev.slate.data.InputException;
import dev.slate.sim.cli.AuditCommand;
import dev.slate.sim.cli.SimCommand;
import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Runs the commands as the root of the command line does. */
final class Cli {
  /** What a command left behind. */
  record Outcome(int code, String out, String err) {}

  @Command(
      name = "slate",
      subcommands = {SimCommand.class, AuditCommand.class})
  static final class Root {}

  private Cli() {}

  public static void main(String[] args) {
    Outcome outcome = run(args);
    System.out.print(outcome.out);
    System.err.print(outcome.err);
    System.exit(outcome.code);
  }

  static Outcome run(String... args) {
    StringWriter out = new StringWriter();
    Outcome outcome = run(new PrintWriter(out, true), args);
    return new Outcome(outcome.code, out.toString(), outcome.err);
  }

  /** Runs a command that prints elsewhere. */
  static Outcome run(PrintWriter out, String... args) {
    StringWriter err = new StringWriter();
    int code =
        new CommandLine(new Root())
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setOut(out)
            .setErr(new PrintWriter(err, true))
            .setParameterExceptionHandler(
                (failure, given) -> {
                  err.write("slate: " + failure.getMessage() + "\n");
                  return 2;
                })
            .setExecutionExceptionHandler(
                (failure, command, parsed) -> {
                  if (failure instanceof InputException) {
                    err.write("slate: " + failure.getMessage() + "\n");
                    return 2;
                  }
                  failure.printStackTrace(new PrintWriter(err, true));
                  return 1;
                })
            .execute(args);
    return new Outcome(code, "", err.toString());
  }
}
