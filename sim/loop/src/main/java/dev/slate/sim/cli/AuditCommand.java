package dev.slate.sim.cli;

import dev.slate.sim.ItemCatalog;
import dev.slate.sim.Selectors;
import dev.slate.sim.Simulation;
import dev.slate.sim.audit.Audit;
import dev.slate.sim.audit.AuthorExposure;
import dev.slate.sim.audit.AuthorVolume;
import dev.slate.sim.audit.DuplicateGroup;
import dev.slate.sim.report.SummaryFile;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code slate audit}. */
@Command(
    name = "audit",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Looks for authors who flood the catalogue, and names them.")
public final class AuditCommand implements Callable<Integer> {
  private static final int SHOWN = 10;

  @Spec private CommandSpec spec;

  @Mixin private CatalogOptions catalogOptions;

  @Option(
      names = "--seed",
      defaultValue = "7",
      paramLabel = "S",
      description = "Decides who made what (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--distance",
      defaultValue = "0.05",
      description = "How close near-duplicates are (default: ${DEFAULT-VALUE}).")
  private double distance;

  @Option(
      names = "--selector",
      defaultValue = "random",
      paramLabel = "NAME",
      description =
          "Who shows the items to 30 users for 30 steps, to count impressions (default:"
              + " ${DEFAULT-VALUE}).")
  private String selector;

  @Option(names = "--out", paramLabel = "FILE", description = "Writes the audit as JSON.")
  private @Nullable Path out;

  @Override
  public Integer call() throws Exception {
    return SettingErrors.asInput(this::run);
  }

  private int run() {
    OptionChecks.within(0, 1e6, "--distance", distance);
    ItemCatalog catalog = catalogOptions.open(seed);
    long[] impressions = new long[catalog.authors().size()];
    new Simulation(catalog, Selectors.create(selector))
        .seed(seed, 0)
        .run(new AuthorExposure(impressions));
    Audit audit = Audit.of(catalog, distance, impressions);
    if (out != null) {
      SummaryFile.write(audit, out);
    }
    print(catalog, audit, spec.commandLine().getOut());
    return 0;
  }

  private void print(ItemCatalog catalog, Audit audit, PrintWriter print) {
    print.printf(
        Locale.ROOT,
        "%s: %,d items by %d authors%n%n",
        catalog.title(),
        catalog.size(),
        audit.volumes().size());
    print.printf(
        "%-20s%10s%12s%14s%14s%n", "author", "items", "of items", "of showings", "by chance");
    for (AuthorVolume volume :
        audit.volumes().subList(0, Math.min(SHOWN, audit.volumes().size()))) {
      print.printf(
          Locale.ROOT,
          "%-20s%10d%11.1f%%%13.1f%%%14s%n",
          volume.author(),
          volume.items(),
          100 * volume.share(),
          100 * volume.impressions(),
          chance(volume.log10p()));
    }
    print.printf("%n%d groups of near-duplicates, the largest:%n", audit.groupCount());
    print.printf("%-20s%10s   %-20s%7s%14s%n", "like", "items", "most by", "", "by chance");
    for (DuplicateGroup group : audit.groups().subList(0, Math.min(SHOWN, audit.groups().size()))) {
      print.printf(
          Locale.ROOT,
          "%-20s%10d   %-20s%7d%14s%n",
          group.name(),
          group.size(),
          group.author(),
          group.by(),
          chance(group.log10p()));
    }
    print.println();
    print.println(
        audit.culprits().isEmpty()
            ? "nobody stands out"
            : "named: " + String.join(", ", audit.culprits()));
    print.flush();
  }

  private static String chance(double log10) {
    return log10 > -4
        ? String.format(Locale.ROOT, "%.4f", Math.pow(10, log10))
        : String.format(Locale.ROOT, "1e%.0f", log10);
  }
}
