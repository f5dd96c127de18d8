package dev.slate.data.cli;

import dev.slate.data.InputException;
import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Runs commands in this JVM, the way the root of the command line does. */
final class Shell {
  /**
   * What a command left.
   *
   * @param exit its code
   * @param out standard output
   * @param err standard error
   */
  record Ran(int exit, String out, String err) {}

  @Command(
      name = "slate",
      subcommands = {SearchCommand.class, BuildCommand.class, DataCommand.class})
  private static final class Root {}

  private Shell() {}

  static Ran run(String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exit =
        new CommandLine(new Root())
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .setParameterExceptionHandler(
                (failure, all) -> {
                  failure.getCommandLine().getErr().println("slate: " + failure.getMessage());
                  return 2;
                })
            .setExecutionExceptionHandler(
                (failure, commandLine, parsed) -> {
                  if (failure instanceof InputException bad) {
                    commandLine.getErr().println("slate: " + Remedies.line(bad));
                    return 2;
                  }
                  throw failure;
                })
            .execute(args);
    return new Ran(exit, out.toString(), err.toString());
  }
}
