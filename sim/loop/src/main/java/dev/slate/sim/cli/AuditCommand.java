package dev.slate.sim.cli;

import dev.slate.data.InputException;
import dev.slate.sim.ItemCatalog;
import dev.slate.sim.Selectors;
import dev.slate.sim.Simulation;
import dev.slate.sim.audit.Audit;
import dev.slate.sim.audit.AuditPower;
import dev.slate.sim.audit.AuthorExposure;
import dev.slate.sim.audit.AuthorVolume;
import dev.slate.sim.audit.DuplicateGroup;
import dev.slate.sim.report.Paragraph;
import dev.slate.sim.report.SummaryFile;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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
  private static final int POWER_SEEDS = 10;
  private static final String MEANING =
      "p is the probability of as many or more by chance. Who has one below 1e-6, corrected for the"
          + " number of tests, is named; for showings only if one of her items is shown five times"
          + " as often as any of somebody else.";

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

  @Option(
      names = "--all",
      description = "Lists all authors and the 20 largest groups, not ten of each.")
  private boolean all;

  @Option(
      names = "--quiet-verdict",
      description = "Prints the counts only: neither how likely they are nor who stands out.")
  private boolean quiet;

  @Option(
      names = "--power",
      description =
          "Prints how often an attacker is named instead: for attacks of 1 to 3,000 copies, moved"
              + " by up to 0, 0.1 and 0.3, by 1, 10 and 100 accounts, each on 10 catalogues.")
  private boolean power;

  @Option(names = "--out", paramLabel = "FILE", description = "Writes the audit as JSON.")
  private @Nullable Path out;

  @Override
  public Integer call() throws Exception {
    return SettingErrors.asInput(this::run);
  }

  private int run() {
    OptionChecks.within(0, 1e6, "--distance", distance);
    if (power) {
      return power();
    }
    ItemCatalog catalog = catalogOptions.open(seed);
    catalogOptions.tellAuthors(spec.commandLine().getErr());
    AuthorExposure exposure = new AuthorExposure(catalog);
    new Simulation(catalog, Selectors.create(selector)).seed(seed, 0).run(exposure);
    Audit audit = Audit.of(catalog, distance, exposure);
    if (out != null) {
      SummaryFile.write(audit, out);
    }
    print(catalog, audit, spec.commandLine().getOut());
    return 0;
  }

  private int power() {
    if (catalogOptions.attacks()) {
      throw new InputException("--power", "brings attacks of its own: leave out --attack");
    }
    PrintWriter print = spec.commandLine().getOut();
    List<AuditPower.Point> points =
        AuditPower.over(of -> catalogOptions.open(seed + of), POWER_SEEDS, distance);
    if (out != null) {
      SummaryFile.write(points, out);
    }
    PowerTable.print(points, POWER_SEEDS, print);
    return 0;
  }

  private void print(ItemCatalog catalog, Audit audit, PrintWriter print) {
    print.printf(
        Locale.ROOT,
        "%s: %,d items by %d authors%n%n",
        quiet ? "the catalogue" : catalog.title(),
        catalog.size(),
        audit.volumes().size());
    print.printf("%-16s%8s%10s%13s%10s", "author", "items", "of items", "of showings", "of picks");
    print.println(quiet ? "" : String.format("%11s%12s", "p(items)", "p(showings)"));
    List<AuthorVolume> rows = authors(audit);
    for (AuthorVolume volume : rows) {
      print.printf(
          Locale.ROOT,
          "%-16s%8d%8.1f %%%11.1f %%%8.1f %%",
          volume.author(),
          volume.items(),
          100 * volume.share(),
          100 * volume.impressions(),
          100 * volume.picks());
      print.println(
          quiet
              ? ""
              : String.format("%11s%12s", chance(volume.log10p()), chance(volume.log10exposure())));
    }
    if (rows.size() < audit.volumes().size()) {
      print.printf("%d more authors: --all%n", audit.volumes().size() - rows.size());
    }
    print.printf("%n%d groups of near-duplicates, the largest:%n", audit.groupCount());
    print.printf("%-20s%10s   %-20s%7s", "like", "items", "most by", "by");
    print.println(quiet ? "" : String.format("%14s", "p(by)"));
    for (DuplicateGroup group : groups(audit)) {
      print.printf(
          Locale.ROOT,
          "%-20s%10d   %-20s%7d",
          group.name(),
          group.size(),
          group.author(),
          group.by());
      print.println(quiet ? "" : String.format("%14s", chance(group.log10p())));
    }
    if (!quiet) {
      print.println();
      print.println(Paragraph.wrapped(MEANING, 0));
      print.println();
      print.println(Paragraph.wrapped(verdict(audit), 0));
    }
    print.flush();
  }

  private static String verdict(Audit audit) {
    if (audit.culprits().isEmpty()) {
      return "nobody stands out";
    }
    return "named: "
        + audit.culprits().stream()
            .map(name -> name + " (by " + audit.evidence().get(name) + ")")
            .collect(Collectors.joining(", "));
  }

  /** The authors with the largest shares of anything, and those who are named. */
  private List<AuthorVolume> authors(Audit audit) {
    List<AuthorVolume> sorted =
        audit.volumes().stream()
            .sorted(Comparator.comparingDouble(AuditCommand::largestShare).reversed())
            .toList();
    return IntStream.range(0, sorted.size())
        .filter(i -> all || i < SHOWN || named(audit, sorted.get(i).author()))
        .mapToObj(sorted::get)
        .toList();
  }

  private static double largestShare(AuthorVolume volume) {
    return Math.max(volume.share(), Math.max(volume.impressions(), volume.picks()));
  }

  /** The largest groups, and those by which somebody is named. */
  private List<DuplicateGroup> groups(Audit audit) {
    List<DuplicateGroup> groups = audit.groups();
    return IntStream.range(0, groups.size())
        .filter(i -> all || i < SHOWN || named(audit, groups.get(i).author()))
        .mapToObj(groups::get)
        .toList();
  }

  /** Whether the verdict, where there is one, names an author. */
  private boolean named(Audit audit, String author) {
    return !quiet && audit.culprits().contains(author);
  }

  private static String chance(double log10) {
    return log10 > -4
        ? String.format(Locale.ROOT, "%.4f", Math.pow(10, log10))
        : String.format(Locale.ROOT, "1e%.0f", log10);
  }
}
