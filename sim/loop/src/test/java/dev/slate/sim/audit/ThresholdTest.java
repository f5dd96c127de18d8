package dev.slate.sim.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.slate.kernel.Catalog;
import dev.slate.sim.ItemCatalog;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Who is named is decided at 1e-6, after the correction for the number of authors. */
class ThresholdTest {
  private static final int AUTHORS = 30;
  private static final int EACH = 100;

  /** Distinct items: each author made 100, the last one more. */
  private static ItemCatalog catalog(int busy) {
    int n = (AUTHORS - 1) * EACH + busy;
    float[] rows = new float[n];
    int[] authorOf = new int[n];
    for (int i = 0; i < n; i++) {
      rows[i] = i;
      authorOf[i] = Math.min(AUTHORS - 1, i / EACH);
    }
    return catalog(rows, authorOf);
  }

  private static ItemCatalog catalog(float[] rows, int[] authorOf) {
    return new ItemCatalog(
        "line",
        Catalog.of(rows, 1),
        List.of("a"),
        i -> "item " + i,
        IntStream.range(0, AUTHORS).mapToObj(a -> "author " + a).toList(),
        authorOf,
        ItemCatalog.NONE);
  }

  private static List<String> culprits(int busy) {
    ItemCatalog catalog = catalog(busy);
    return Audit.of(catalog, 0.05, new AuthorExposure(catalog)).culprits();
  }

  private static double log10p(int busy) {
    int n = (AUTHORS - 1) * EACH + busy;
    return BinomialTail.log10(n, (double) EACH / n, busy);
  }

  @Test
  void theThresholdIsWhereItIsSaidToBe() {
    int busy = EACH;
    while (log10p(busy) + Math.log10(AUTHORS) >= -6) {
      busy++;
    }
    assertEquals(List.of("author 29"), culprits(busy));
    assertEquals(List.of(), culprits(busy - 1));
  }

  /**
   * Copies by the last author, whose share of what lies outside the group is 101 of 3030: p is
   * 30^-copies. With 25 groups and 30 authors there are 750 such tests.
   */
  private static List<String> copiers(int copies) {
    int groups = 25;
    int n = AUTHORS * EACH + copies;
    float[] rows = new float[n];
    int[] authorOf = new int[n];
    for (int i = 0; i < n; i++) {
      rows[i] = i < AUTHORS * EACH ? i : -5;
      authorOf[i] = Math.min(AUTHORS - 1, i / EACH);
    }
    for (int i = 0; i < groups - 1; i++) {
      rows[EACH + i] = rows[i];
    }
    ItemCatalog catalog = catalog(rows, authorOf);
    Audit audit = Audit.of(catalog, 0.05, new AuthorExposure(catalog));
    assertEquals(groups, audit.groupCount());
    return audit.culprits();
  }

  @Test
  void theThresholdOfCopiesCountsGroupsAndAuthors() {
    assertEquals(List.of(), copiers(6));
    assertEquals(List.of("author 29"), copiers(7));
  }

  @Test
  void theTailIsThatOfTheBinomialLaw() {
    assertEquals(Math.log10(Math.pow(0.5, 10)), BinomialTail.log10(10, 0.5, 10), 1e-9);
    assertEquals(Math.log10(11 * Math.pow(0.5, 10)), BinomialTail.log10(10, 0.5, 9), 1e-9);
    assertEquals(0, BinomialTail.log10(10, 0.5, 5));
  }
}
