package dev.slate.sim.cli;

import dev.slate.data.FolderFiles;
import dev.slate.data.InputException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code slate sim compare}. */
@Command(
    name = "compare",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Runs several selectors on the same users with the same random numbers: one report.")
public final class SimCompareCommand implements Callable<Integer>, FolderFiles {
  @Spec private CommandSpec spec;

  @Option(
      names = "--selectors",
      required = true,
      split = ",",
      paramLabel = "NAME",
      description =
          "Who fills the slates: selectors of those below, or of a --plugin, separated by"
              + " commas.")
  private List<String> selectors;

  @Mixin private RunOptions options;
  @Mixin private OutputOptions output;

  @Spec
  void help(CommandSpec command) {
    SelectorHelp.addTo(command, () -> options.loader());
  }

  @Override
  public Stream<Path> written() {
    return output.written(selectors);
  }

  @Override
  public Integer call() throws Exception {
    return SettingErrors.asInput(this::run);
  }

  private int run() {
    if (new HashSet<>(selectors).size() < selectors.size()) {
      throw new InputException("--selectors", "a selector is named twice");
    }
    return new Experiment(options, output, spec.commandLine().getOut(), spec.commandLine().getErr())
        .run(selectors, true);
  }
}
