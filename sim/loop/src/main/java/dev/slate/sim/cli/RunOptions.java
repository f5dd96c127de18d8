package dev.slate.sim.cli;

import dev.slate.data.InputException;
import dev.slate.sim.ItemCatalog;
import dev.slate.sim.Selector;
import dev.slate.sim.Selectors;
import dev.slate.sim.Simulation;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Size, seed and settings of a run: everything but the selector. */
final class RunOptions {
  @Mixin private CatalogOptions catalogOptions = new CatalogOptions();
  @Mixin private ModelOptions model = new ModelOptions();
  @Mixin private ExposureRuleOptions rules = new ExposureRuleOptions();

  @Option(
      names = "--users",
      defaultValue = "30",
      paramLabel = "N",
      converter = SuffixedCountConverter.class,
      description = "How many users (default: ${DEFAULT-VALUE}).")
  private int users;

  @Option(
      names = "--steps",
      defaultValue = "30",
      paramLabel = "N",
      converter = SuffixedCountConverter.class,
      description = "How many steps (default: ${DEFAULT-VALUE}).")
  private int steps;

  @Option(
      names = "--slate",
      defaultValue = "5",
      paramLabel = "K",
      converter = SuffixedCountConverter.class,
      description = "How many items a user is shown (default: ${DEFAULT-VALUE}).")
  private int slate;

  @Option(
      names = "--seed",
      defaultValue = "7",
      paramLabel = "S",
      description = "Decides everything: same seed, same bytes (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--threads",
      defaultValue = "1",
      paramLabel = "N",
      converter = SuffixedCountConverter.class,
      description = "Threads of the run; they change its time only (default: ${DEFAULT-VALUE}).")
  private int threads;

  @Option(
      names = "--replications",
      defaultValue = "1",
      paramLabel = "R",
      converter = SuffixedCountConverter.class,
      description =
          "Independent runs; the curves become means with 95 %% confidence intervals"
              + " (default: ${DEFAULT-VALUE}).")
  private int replications;

  @Option(
      names = "--editorial",
      paramLabel = "ITEM",
      split = ",",
      description = "Ordinals of the hand-given list of the selector editorial, best first.")
  private List<Integer> editorial = new ArrayList<>();

  @Option(
      names = "--hide-advertisement",
      description = "The slate does not say which item is an advertisement.")
  private boolean hidden;

  @Option(
      names = "--plugin",
      paramLabel = "JAR",
      description = "A jar with selectors of your own; may be repeated.")
  private List<Path> plugins = new ArrayList<>();

  private @Nullable ClassLoader loader;

  ItemCatalog catalog() {
    return catalogOptions.open(seed);
  }

  int steps() {
    return OptionChecks.atLeast(0, "--steps", steps);
  }

  int replications() {
    return OptionChecks.atLeast(1, "--replications", replications);
  }

  ModelOptions model() {
    return model;
  }

  Selector selector(String name) {
    return Selectors.create(name, loader());
  }

  private ClassLoader loader() {
    ClassLoader found = loader;
    if (found == null) {
      found =
          new URLClassLoader(
              plugins.stream().map(RunOptions::url).toArray(URL[]::new),
              Selectors.class.getClassLoader());
      loader = found;
    }
    return found;
  }

  private static URL url(Path jar) {
    try {
      if (!Files.isRegularFile(jar)) {
        throw new InputException(jar.toString(), "there is no such file");
      }
      new ZipFile(jar.toFile()).close();
      return jar.toUri().toURL();
    } catch (ZipException e) {
      throw new InputException(jar.toString(), "is not a jar", e);
    } catch (IOException e) {
      throw new InputException(jar.toString(), "cannot be read: " + e.getMessage(), e);
    }
  }

  Simulation simulation(ItemCatalog catalog, Selector selector, int replication) {
    editorial.forEach(item -> item(catalog, item));
    Simulation simulation =
        new Simulation(catalog, selector)
            .size(
                OptionChecks.atLeast(1, "--users", users),
                steps(),
                OptionChecks.atLeast(1, "--slate", slate))
            .seed(seed, replication)
            .threads(Math.min(1_024, OptionChecks.atLeast(1, "--threads", threads)))
            .editorial(editorial)
            .disclose(!hidden)
            .eligible(rules.eligible(catalog))
            .perAuthor(rules.perAuthor());
    model.apply(simulation);
    return simulation;
  }

  private static void item(ItemCatalog catalog, int item) {
    if (item < 0 || item >= catalog.size()) {
      throw new InputException(
          "--editorial", "there is no item " + item + " among " + catalog.size() + " items");
    }
  }

  void describe(ItemCatalog catalog, Map<String, Object> settings) {
    catalogOptions.describe(catalog, settings);
    settings.put("users", users);
    settings.put("steps", steps);
    settings.put("slate", slate);
    settings.put("seed", seed);
    settings.put("replications", replications);
    settings.put("advertisement_disclosed", !hidden);
    if (!editorial.isEmpty()) {
      settings.put("editorial", editorial);
    }
    model.describe(settings);
    rules.describe(settings);
  }
}
