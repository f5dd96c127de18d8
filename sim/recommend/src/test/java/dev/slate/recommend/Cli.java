package dev.slate.recommend;

import dev.slate.data.InputException;
import dev.slate.recommend.cli.EvaluateCommand;
import dev.slate.recommend.cli.OnlineCommand;
import dev.slate.recommend.cli.RecommendCommand;
import dev.slate.recommend.cli.TrainCommand;
import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Runs this module's commands as the root of the command line does. */
@Command(
    name = "slate",
    subcommands = {
      TrainCommand.class,
      RecommendCommand.class,
      EvaluateCommand.class,
      OnlineCommand.class
    })
final class Cli {
  /** What a command left behind. */
  record Outcome(int code, String out, String err) {}

  private Cli() {}

  static Outcome run(String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine command = new CommandLine(new Cli()).setCaseInsensitiveEnumValuesAllowed(true);
    command.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    command.setExecutionExceptionHandler(
        (failure, line, parsed) -> {
          if (failure instanceof InputException) {
            line.getErr().println("slate: " + failure.getMessage());
            return 2;
          }
          throw failure;
        });
    int code = command.execute(args);
    return new Outcome(code, out.toString(), err.toString());
  }
}
