package dev.slate.sim.cli;

import dev.slate.data.InputException;
import dev.slate.sim.Selector;
import dev.slate.sim.Selectors;
import dev.slate.sim.check.SelectorRule;
import dev.slate.sim.plugin.PluginLoader;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code slate sim check}. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Tells whether selectors keep their promises, one line a rule; 2 if one does not.")
public final class CheckCommand implements Callable<Integer> {
  private static final String ADVERTISEMENT = "advertisement";

  @Spec private CommandSpec spec;

  @Option(
      names = "--plugin",
      paramLabel = "FILE",
      description = "A jar or a Java source file with selectors; may be repeated.")
  private List<Path> plugins = new ArrayList<>();

  @Option(
      names = "--selector",
      paramLabel = "NAME",
      description = "The selector to check (default: all of the plugins).")
  private @Nullable String selector;

  @Override
  public Integer call() throws Exception {
    return SettingErrors.asInput(this::check);
  }

  private int check() {
    ClassLoader loader = PluginLoader.open(plugins);
    PrintWriter out = spec.commandLine().getOut();
    boolean kept = true;
    for (String name : names(loader)) {
      kept &= keeps(name, loader, out);
    }
    out.flush();
    return kept ? 0 : 2;
  }

  private Set<String> names(ClassLoader loader) {
    if (selector != null) {
      return Set.of(selector);
    }
    Set<String> names = new TreeSet<>(Selectors.descriptions(loader).keySet());
    names.removeAll(Selectors.descriptions(Selectors.class.getClassLoader()).keySet());
    if (names.isEmpty()) {
      throw new InputException("--plugin", "name a jar or a source file with a selector to check");
    }
    return names;
  }

  private static boolean keeps(String name, ClassLoader loader, PrintWriter out) {
    Selector first = Selectors.create(name, loader);
    int smallest = first.name().equals(ADVERTISEMENT) ? 2 : 1;
    boolean kept = true;
    for (SelectorRule rule : SelectorRule.values()) {
      String breach = rule.check(() -> Selectors.create(name, loader), smallest);
      kept &= breach == null;
      out.println(
          (breach == null ? "ok      " : "BROKEN  ")
              + name
              + " "
              + rule.promise()
              + (breach == null ? "" : ": " + breach));
    }
    return kept;
  }
}
