package dev.slate.bench.history;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code slate history}: results by commit. */
@Command(
    name = "history",
    mixinStandardHelpOptions = true,
    description = "Keeps results by commit, and finds the commits at which they change.",
    subcommands = {AddCommand.class, HistoryShowCommand.class})
public final class HistoryCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        spec.commandLine(), "history: add or show is missing; slate history --help tells of them");
  }
}
