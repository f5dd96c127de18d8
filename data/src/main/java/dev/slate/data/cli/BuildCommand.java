package dev.slate.data.cli;

import dev.slate.data.OutputFile;
import dev.slate.kernel.Index;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code slate build}. */
@Command(
    name = "build",
    mixinStandardHelpOptions = true,
    description = {
      "Builds an index and writes it to a file, which slate search --items opens without a build.",
      "",
      "The file holds the items, their names, the metric, the strategy and what --bias and --center"
          + " do to items; slate search answers as it would from the original files, byte for byte.",
      ""
    })
public final class BuildCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private ItemOptions items = new ItemOptions();
  @Mixin private ThreadOptions threads = new ThreadOptions();

  @Option(
      names = "-k",
      paramLabel = "K",
      converter = CountConverter.class,
      description =
          "Items that an answer will have, for --strategy auto (default: a choice that suits 1 to"
              + " 1,000). Searches may ask for others.")
  private @Nullable Integer k;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description = "Where to: a name that ends in .slate.")
  private String out;

  @Override
  public Integer call() {
    PrintWriter err = spec.commandLine().getErr();
    int most = k == null ? Integer.MAX_VALUE : k;
    try (OutputFile file = StoredIndex.create(out);
        ExecutorService executor = threads.executor()) {
      long start = System.nanoTime();
      StoredIndex built = items.build(most, null, executor, threads.count(), err);
      long nanos = System.nanoTime() - start;
      long bytes = built.save(file);
      tell(built.index(), bytes, nanos);
    }
    return 0;
  }

  private void tell(Index index, long bytes, long nanos) {
    PrintWriter printer = spec.commandLine().getOut();
    printer.printf(
        Locale.ROOT,
        "%s: %d x %d, %s, %s, %d bytes, read and built in %s%n",
        out,
        index.size(),
        index.dimensions(),
        index.metric().name().toLowerCase(Locale.ROOT),
        index.plan().strategy().name().toLowerCase(Locale.ROOT),
        bytes,
        Times.text(nanos / 1e3));
    printer.flush();
  }
}
