package dev.slate.bench.gate;

import dev.slate.data.InputException;
import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/** One run of {@code slate gate} in this JVM. */
record CommandRun(int exitCode, String out, String err) {

  static CommandRun of(String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exitCode =
        new CommandLine(new GateCommand())
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
                  if (!(failure instanceof InputException)) {
                    throw failure;
                  }
                  err.append(failure.getMessage()).append("\n");
                  return 2;
                })
            .execute(args);
    return new CommandRun(exitCode, out.toString(), err.toString());
  }

  /** The last line of standard error, without its line break. */
  String lastLine() {
    return err.lines().reduce("", (before, line) -> line);
  }
}
