package dev.slate.sim.cli;

import dev.slate.data.FolderFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code slate sim}. */
@Command(
    name = "sim",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Shows users what a selector picks for them, and watches what it makes of them.",
    subcommands = {
      SimCompareCommand.class,
      ShowCommand.class,
      CheckCommand.class,
      ExerciseCommand.class
    })
public final class SimCommand implements Callable<Integer>, FolderFiles {
  @Spec private CommandSpec spec;

  @Option(
      names = "--selector",
      paramLabel = "NAME",
      description = "Who fills the slates: a selector of those below, or of a --plugin.")
  private @Nullable String selector;

  @Mixin private RunOptions options;
  @Mixin private OutputOptions output;

  @Spec
  void help(CommandSpec command) {
    SelectorHelp.addTo(command, () -> options.loader());
  }

  @Override
  public Stream<Path> written() {
    return output.written(List.of(""));
  }

  @Override
  public Integer call() throws Exception {
    return SettingErrors.asInput(this::run);
  }

  private int run() {
    String name = selector;
    if (name == null) {
      throw new ParameterException(
          spec.commandLine(), "--selector: missing; for example --selector nearest");
    }
    return new Experiment(options, output, spec.commandLine().getOut(), spec.commandLine().getErr())
        .run(List.of(name), false);
  }
}
