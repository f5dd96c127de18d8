package dev.slate.data;

import dev.slate.data.format.CatalogRows;
import dev.slate.data.format.RowSource;
import dev.slate.kernel.Catalog;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Names of vectors that are no files: {@code memotion}, {@code memotion:FILE}, {@code
 * gaussian:1m:5:7}.
 */
final class Builtin {
  private static final Pattern GENERATED =
      Pattern.compile(
          "(?i)(uniform|gaussian|clustered|lowrank|memotion):([^:.]+(?:\\.\\d+[km])?):(\\d{1,9})(?::(-?\\d{1,18}))?(:queries)?");
  private static final String LABELS = "memotion:";

  private Builtin() {}

  /** The rows of such a name, or null where it is that of a file. */
  static @Nullable RowSource rows(String spec) {
    Matcher generated = GENERATED.matcher(spec);
    if (generated.matches()) {
      return generated(spec, generated);
    }
    if (spec.equals("memotion")) {
      return new CatalogRows(MemeCatalog.builtIn(), "built in", Meme.ATTRIBUTES);
    }
    if (spec.startsWith(LABELS)) {
      MemeCatalog memes = MemeCatalog.read(spec.substring(LABELS.length()));
      return new CatalogRows(memes, "labels", Meme.ATTRIBUTES);
    }
    return null;
  }

  private static RowSource generated(String spec, Matcher name) {
    try {
      Distribution kind = Distribution.valueOf(name.group(1).toUpperCase(Locale.ROOT));
      int n = Count.parse(name.group(2));
      if (n == 0) {
        throw new IllegalArgumentException("n must be at least 1, but it is 0");
      }
      long seed =
          name.group(4) == null ? VectorGenerator.DEFAULT_SEED : Long.parseLong(name.group(4));
      VectorGenerator generator = new VectorGenerator(kind, Integer.parseInt(name.group(3)), seed);
      Catalog items = name.group(5) == null ? generator.items(n) : generator.queries(n);
      return new CatalogRows(items, "generated", List.of());
    } catch (IllegalArgumentException e) {
      throw new InputException(spec, String.valueOf(e.getMessage()), e);
    }
  }
}
