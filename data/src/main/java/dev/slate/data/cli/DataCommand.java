package dev.slate.data.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code slate data}. */
@Command(
    name = "data",
    mixinStandardHelpOptions = true,
    description = "Makes, converts and describes files of vectors.",
    subcommands = {GenerateCommand.class, ConvertCommand.class, DescribeCommand.class})
public final class DataCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "data: name what to do: generate, convert or describe");
  }
}
