package dev.slate.sim.catalog;

import dev.slate.data.InputException;
import dev.slate.data.Meme;
import dev.slate.data.MemeCatalog;
import dev.slate.data.VectorFile;
import dev.slate.data.Vectors;
import dev.slate.kernel.Catalog;
import dev.slate.sim.ItemCatalog;
import dev.slate.sim.SettingException;
import dev.slate.sim.SettingException.Setting;
import dev.slate.sim.audit.AuditPower;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Opens catalogues by name. Authors are assigned at random, each with the same probability. */
public final class CatalogLoader {
  /** Copies that the spam attack adds unless told otherwise. */
  public static final int TROLLS = 27_000;

  private static final String BUILT_IN = "memotion";
  private static final String LABELS = "memotion:";

  private CatalogLoader() {}

  /**
   * Opens a catalogue.
   *
   * @param spec {@code memotion}, {@code memotion:LABELS.csv}, or what the data module opens: the
   *     name of a file, or of a generator such as {@code gaussian:1m:5}
   * @param promote ordinal of the advertised item; null for that of the catalogue, if it has one
   * @param seed the seed of the assignment
   */
  public static ItemCatalog open(String spec, @Nullable Integer promote, long seed) {
    Source source = Source.of(spec);
    int n = source.items.size();
    if (n == 0) {
      throw new InputException(spec, "has no rows");
    }
    int promoted = promote == null ? source.promoted : promote;
    if (promoted < ItemCatalog.NONE || promoted >= n) {
      throw new SettingException(
          Setting.PROMOTED_ITEM, "there is no item " + promoted + " among " + n);
    }
    if (source.table != null) {
      return named(spec, source, source.table, promoted, seed);
    }
    List<String> authors = new ArrayList<>(AuthorAssignment.NAMES);
    int[] authorOf = AuthorAssignment.of(n, seed);
    if (source.promoted != ItemCatalog.NONE) {
      authors.add(AuthorAssignment.ADVERTISER);
      authorOf[source.promoted] = authors.size() - 1;
    }
    return new ItemCatalog(
        spec, source.items, source.attributes, source.names, authors, authorOf, promoted);
  }

  /**
   * Tells whether the authors of a catalogue are drawn because nothing names them. Those of memes
   * are drawn, too, but as a part of the game.
   *
   * @param spec as of {@link #open}
   * @return whether they are
   */
  public static boolean drawsAuthors(String spec) {
    boolean memes = spec.equals(BUILT_IN) || spec.startsWith(LABELS);
    return !memes && !NamedTable.hasAuthors(spec);
  }

  /** Names and authors as a file has them; authors are assigned where it has none. */
  private static ItemCatalog named(
      String spec, Source source, NamedTable table, int promoted, long seed) {
    int n = table.size();
    List<String> authors = new ArrayList<>();
    int[] authorOf = new int[n];
    if (table.authors().isEmpty()) {
      authors.addAll(AuthorAssignment.NAMES);
      authorOf = AuthorAssignment.of(n, seed);
    } else {
      Map<String, Integer> numbers = new HashMap<>();
      for (int i = 0; i < n; i++) {
        String author = table.authors().get(i);
        Integer number = numbers.putIfAbsent(author, authors.size());
        authorOf[i] = number == null ? authors.size() : number;
        if (number == null) {
          authors.add(author);
        }
      }
    }
    Map<String, Integer> first = new HashMap<>();
    int[] pictureOf = new int[n];
    for (int i = 0; i < n; i++) {
      Integer earlier = first.putIfAbsent(source.names.apply(i), i);
      pictureOf[i] = earlier == null ? i : earlier;
    }
    return new ItemCatalog(
            spec, source.items, source.attributes, source.names, authors, authorOf, promoted)
        .withPictures(pictureOf);
  }

  /** Adds the spam: copies of one meme at the origin, by Mallory. */
  public static ItemCatalog attacked(ItemCatalog catalog, int copies) {
    return attacked(catalog, copies, 0, 1);
  }

  /**
   * Adds spam that hides.
   *
   * @param catalog the clean catalogue
   * @param copies copies in all
   * @param jitter largest shift of an attribute of a copy
   * @param accounts authors who add them in turn: Mallory, Mallory 2, ...
   */
  public static ItemCatalog attacked(ItemCatalog catalog, int copies, double jitter, int accounts) {
    return catalog.flooded(
        "troll.jpeg",
        AuditPower.accounts(accounts),
        copies,
        new float[catalog.dimensions()],
        jitter);
  }

  private record Source(
      Catalog items,
      List<String> attributes,
      IntFunction<String> names,
      int promoted,
      @Nullable NamedTable table) {
    static Source of(String spec) {
      if (spec.equals(BUILT_IN)) {
        return of(MemeCatalog.builtIn());
      }
      String labels = spec.startsWith(LABELS) ? spec.substring(LABELS.length()) : "";
      return labels.contains(".csv") ? of(MemeCatalog.read(labels)) : read(spec);
    }

    private static Source of(MemeCatalog memes) {
      return new Source(
          memes, Meme.ATTRIBUTES, item -> memes.meme(item).name(), MemeCatalog.ADVERTISEMENT, null);
    }

    private static Source of(NamedTable table) {
      int d = table.attributes().size();
      IntFunction<String> names =
          table.names().isEmpty() ? item -> "item " + item : table.names()::get;
      return new Source(
          Catalog.of(table.rows(), d), table.attributes(), names, ItemCatalog.NONE, table);
    }

    private static Source read(String spec) {
      if (NamedTable.hasNames(spec)) {
        return of(NamedTable.read(spec));
      }
      try (VectorFile file = Vectors.open(spec)) {
        int n = file.size();
        int d = file.dimensions();
        if ((long) n * d > Integer.MAX_VALUE - 8) {
          throw new InputException(
              spec, n + " rows of " + d + " are more than a catalogue can hold");
        }
        float[] rows = new float[n * d];
        file.copyRows(0, n, rows, 0);
        List<String> named = file.names();
        List<String> attributes =
            named.size() == d && Set.copyOf(named).size() == d ? named : numbered(d);
        return new Source(
            Catalog.of(rows, d), attributes, item -> "item " + item, ItemCatalog.NONE, null);
      }
    }

    private static List<String> numbered(int d) {
      return IntStream.range(0, d).mapToObj(j -> "attribute_" + j).toList();
    }
  }
}
