package dev.slate.sim.cli;

import dev.slate.data.InputException;
import dev.slate.sim.ItemCatalog;
import dev.slate.sim.catalog.CatalogLoader;
import java.io.PrintWriter;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of the catalogue that is shown. */
final class CatalogOptions {
  /** The attacks that there are. */
  enum Attack {
    /** One author adds many copies of one item at the origin. */
    SPAM
  }

  @Option(
      names = "--catalog",
      defaultValue = "memotion",
      paramLabel = "memotion|FILE",
      description =
          "The items: the built-in memes, a label file as memotion:LABELS.csv, a file of vectors,"
              + " or a generator as memotion:1m:5.")
  private String source;

  @Option(
      names = "--promote",
      paramLabel = "ITEM",
      description = "Ordinal of the advertised item (default: the built-in one of memotion).")
  private @Nullable Integer promote;

  @Option(
      names = "--attack",
      paramLabel = "spam",
      description =
          "The attack on the catalogue; spam: Mallory adds copies of one meme at the origin.")
  private @Nullable Attack attack;

  @Option(
      names = "--copies",
      paramLabel = "N",
      converter = SuffixedCountConverter.class,
      description = "How many copies the attack adds (default: 27000).")
  private @Nullable Integer copies;

  @Option(
      names = "--jitter",
      paramLabel = "X",
      description = "Moves each attribute of a copy by up to X at random (default: 0).")
  private @Nullable Double jitter;

  @Option(
      names = "--accounts",
      paramLabel = "N",
      converter = SuffixedCountConverter.class,
      description = "How many accounts the copies are shared among (default: 1).")
  private @Nullable Integer accounts;

  ItemCatalog open(long seed) {
    ItemCatalog catalog = CatalogLoader.open(source, promote, seed);
    Integer wanted = copies;
    if (attack == null) {
      goesWithAnAttack("--copies", wanted);
      goesWithAnAttack("--jitter", jitter);
      goesWithAnAttack("--accounts", accounts);
      return catalog;
    }
    int count = OptionChecks.atLeast(1, "--copies", wanted == null ? CatalogLoader.TROLLS : wanted);
    if (count > Integer.MAX_VALUE / 8 - catalog.size()) {
      throw new InputException("--copies", count + " copies are too many");
    }
    double shift = jitter == null ? 0 : OptionChecks.within(0, 2, "--jitter", jitter);
    int sharing = accounts == null ? 1 : OptionChecks.atLeast(1, "--accounts", accounts);
    if (sharing > count) {
      throw new InputException("--accounts", sharing + " accounts share " + count + " copies");
    }
    return CatalogLoader.attacked(catalog, count, shift, sharing);
  }

  private static void goesWithAnAttack(String option, @Nullable Object value) {
    if (value != null) {
      throw new InputException(option, "goes with --attack spam");
    }
  }

  /** Says of a file without authors that they are drawn; those of memes are part of the game. */
  void tellAuthors(PrintWriter err) {
    if (CatalogLoader.drawsAuthors(source)) {
      err.println("slate: " + source + ": has no column author: authors are drawn at random");
      err.flush();
    }
  }

  /** Whether copies are added. */
  boolean attacks() {
    return attack != null;
  }

  void describe(ItemCatalog catalog, Map<String, Object> settings) {
    settings.put("catalog", catalog.title());
    settings.put("items", catalog.size());
    settings.put("attributes", catalog.attributes());
  }
}
