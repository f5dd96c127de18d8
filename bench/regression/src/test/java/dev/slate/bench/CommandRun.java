package dev.slate.bench;

import dev.slate.bench.results.BadInputException;
import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/**
 * One run of a command in this JVM; bad input ends with 2 and its message on standard error.
 *
 * @param exitCode of the command
 * @param out standard output
 * @param err standard error
 */
public record CommandRun(int exitCode, String out, String err) {

  /**
   * Runs a command.
   *
   * @param command annotated for picocli
   * @param args its arguments
   */
  public static CommandRun of(Object command, String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exitCode =
        new CommandLine(command)
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF))
            .setParameterExceptionHandler(
                (failure, arguments) -> {
                  err.append(failure.getMessage()).append("\n");
                  return 2;
                })
            .setExecutionExceptionHandler(
                (failure, commandLine, parsed) -> {
                  if (!(failure instanceof BadInputException)) {
                    throw failure;
                  }
                  err.append(failure.getMessage()).append("\n");
                  return 2;
                })
            .execute(args);
    return new CommandRun(exitCode, out.toString(), err.toString());
  }

  /** The last line of standard error, without its line break. */
  public String lastLine() {
    return err.lines().reduce("", (before, line) -> line);
  }
}
