package dev.slate.sim.cli;

import dev.slate.data.InputException;
import dev.slate.sim.ItemCatalog;
import dev.slate.sim.Selector;
import dev.slate.sim.Selectors;
import dev.slate.sim.Simulation;
import dev.slate.sim.plugin.PluginLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of size and seed, and all settings but the selector. */
final class RunOptions {
  private static final int REPLICATIONS = 20;
  private static final int MANY_USERS = 10_000;

  @Mixin private CatalogOptions catalogOptions = new CatalogOptions();
  @Mixin private ModelOptions model = new ModelOptions();
  @Mixin private ExposureRuleOptions rules = new ExposureRuleOptions();

  @Option(
      names = "--users",
      defaultValue = "30",
      paramLabel = "N|FILE",
      description =
          "How many users, who start anywhere; or a CSV file of users with a column for each"
              + " attribute, such as users.csv (default: ${DEFAULT-VALUE}).")
  private String users;

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
      paramLabel = "R",
      converter = SuffixedCountConverter.class,
      description =
          "Independent runs, of which the numbers are means with 95 %% confidence intervals; the"
              + " first one draws the paths (default: 20; 1 for 10,000 users and more).")
  private @Nullable Integer replications;

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
      paramLabel = "FILE",
      description =
          "Selectors of your own: a jar, or a Java source file, which is compiled; may be"
              + " repeated.")
  private List<Path> plugins = new ArrayList<>();

  private @Nullable ClassLoader loader;
  private @Nullable StartingUsers start;

  ItemCatalog catalog() {
    return catalogOptions.open(seed);
  }

  int steps() {
    return OptionChecks.atLeast(0, "--steps", steps);
  }

  int replications() {
    if (replications != null) {
      return OptionChecks.atLeast(1, "--replications", replications);
    }
    return users() < MANY_USERS ? REPLICATIONS : 1;
  }

  private int users() {
    return start().count();
  }

  /** The users, by number or from a file. */
  StartingUsers start() {
    StartingUsers known = start;
    if (known == null) {
      known = StartingUsers.parse(users);
      start = known;
    }
    return known;
  }

  /** What goes on under the options' names but is easily taken for something else. */
  List<String> notes() {
    List<String> notes = new ArrayList<>(rules.notes());
    if (catalogOptions.attacks()) {
      notes.add(
          "The copies lie in the centre of the cube, nearer to most users than a random item: that"
              + " raises satisfaction and, as they are not offensive, lowers harmful exposure."
              + " 'Satisfaction, each picture once' counts them as one.");
    }
    if (rules.perAuthor() != Integer.MAX_VALUE) {
      notes.add(
          "A limit per author holds for impressions. Picks go to the top of the slate: compare both"
              + " columns of the authors.");
    }
    notes.addAll(model.notes());
    return notes;
  }

  ModelOptions model() {
    return model;
  }

  Selector selector(String name) {
    return Selectors.create(name, loader());
  }

  /** Where selectors are looked for: Slate's own, and the plugins'. */
  ClassLoader loader() {
    ClassLoader found = loader;
    if (found == null) {
      found = PluginLoader.open(plugins);
      loader = found;
    }
    return found;
  }

  Simulation simulation(ItemCatalog catalog, Selector selector, int replication) {
    editorial.forEach(item -> item(catalog, item));
    Simulation simulation =
        new Simulation(catalog, selector)
            .size(users(), steps(), OptionChecks.atLeast(1, "--slate", slate))
            .seed(seed, replication)
            .threads(Math.min(1_024, OptionChecks.atLeast(1, "--threads", threads)))
            .editorial(editorial)
            .disclose(!hidden)
            .eligible(rules.eligible(catalog))
            .perAuthor(rules.perAuthor());
    model.apply(simulation);
    start().apply(simulation, catalog, model.clamp());
    return simulation;
  }

  /** Refuses a hand-given list that no selector of the run looks at; those of plugins may. */
  void requireReaders(List<String> names) {
    if (!editorial.isEmpty() && plugins.isEmpty() && !names.contains("editorial")) {
      throw new InputException("--editorial", "goes with --selector editorial");
    }
  }

  private static void item(ItemCatalog catalog, int item) {
    if (item < 0 || item >= catalog.size()) {
      throw new InputException(
          "--editorial", "there is no item " + item + " among " + catalog.size() + " items");
    }
  }

  void describe(ItemCatalog catalog, Map<String, Object> settings) {
    catalogOptions.describe(catalog, settings);
    settings.put("users", users());
    settings.put("steps", steps);
    settings.put("slate", slate);
    settings.put("seed", seed);
    settings.put("replications", replications());
    settings.put("advertisement_disclosed", !hidden);
    if (!editorial.isEmpty()) {
      settings.put("editorial", editorial);
    }
    model.describe(settings);
    rules.describe(catalog, settings);
  }
}
