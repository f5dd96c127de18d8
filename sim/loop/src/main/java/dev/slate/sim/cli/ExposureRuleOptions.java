package dev.slate.sim.cli;

import dev.slate.data.InputException;
import dev.slate.kernel.ItemSet;
import dev.slate.sim.ItemCatalog;
import dev.slate.sim.moderation.EligibilityFilter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of moderation and of counter-measures: which items may be shown. */
final class ExposureRuleOptions {
  @Option(
      names = "--per-author",
      paramLabel = "N",
      converter = SuffixedCountConverter.class,
      description = "At most N items of one author in a slate.")
  private @Nullable Integer perAuthor;

  @Option(
      names = "--collapse-duplicates",
      description = "Of an author's items with the same picture only the first may be shown.")
  private boolean collapse;

  @Option(
      names = "--upload-limit",
      paramLabel = "N",
      converter = SuffixedCountConverter.class,
      description = "Of each author only the first N items may be shown.")
  private @Nullable Integer uploadLimit;

  @Option(
      names = "--deny-author",
      paramLabel = "NAME",
      description = "Items of this author may not be shown; may be repeated.")
  private List<String> denied = new ArrayList<>();

  @Option(
      names = "--moderate",
      paramLabel = "ATTRIBUTE=MAX",
      description =
          "Items whose attribute is above MAX may not be shown, as offensive=0; may be repeated.")
  private Map<String, Double> thresholds = new LinkedHashMap<>();

  private Map<String, Integer> dropped = Map.of();

  /** Which items the rules keep out, once they have been applied. */
  List<String> notes() {
    if (dropped.isEmpty()) {
      return List.of();
    }
    int items = dropped.values().stream().mapToInt(Integer::intValue).sum();
    String most =
        dropped.entrySet().stream()
            .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
            .limit(3)
            .map(entry -> String.format(Locale.ROOT, "%s %,d", entry.getKey(), entry.getValue()))
            .collect(Collectors.joining(", "));
    return List.of(
        String.format(
            Locale.ROOT,
            "The rules keep out %,d items by %s %s.",
            items,
            dropped.size() == 1 ? "one author:" : dropped.size() + " authors, most of them by",
            most));
  }

  int perAuthor() {
    Integer limit = perAuthor;
    return limit == null ? Integer.MAX_VALUE : OptionChecks.atLeast(1, "--per-author", limit);
  }

  @Nullable ItemSet eligible(ItemCatalog catalog) {
    Integer limit = uploadLimit;
    if (!collapse && limit == null && denied.isEmpty() && thresholds.isEmpty()) {
      return null;
    }
    EligibilityFilter filter = new EligibilityFilter(catalog);
    if (collapse) {
      filter.withoutDuplicates();
    }
    if (limit != null) {
      filter.atMostPerAuthor(OptionChecks.atLeast(1, "--upload-limit", limit));
    }
    denied.forEach(filter::withoutAuthor);
    thresholds.forEach(filter::atMost);
    if (filter.allowed().size() == 0) {
      throw new InputException("--moderate", "the rules leave no item that may be shown");
    }
    dropped = filter.dropped();
    return filter.allowed();
  }

  void describe(ItemCatalog catalog, Map<String, Object> settings) {
    if (perAuthor != null) {
      settings.put("per_author", perAuthor);
    }
    if (collapse) {
      settings.put("collapse_duplicates", true);
    }
    if (uploadLimit != null) {
      settings.put("upload_limit", uploadLimit);
    }
    if (!denied.isEmpty()) {
      settings.put("deny_author", denied);
    }
    if (!thresholds.isEmpty()) {
      settings.put("moderate", thresholds);
    }
    if (!dropped.isEmpty()) {
      settings.put("items_kept_out", dropped);
    }
  }
}
