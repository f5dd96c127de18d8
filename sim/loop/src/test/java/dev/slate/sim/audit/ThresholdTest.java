package dev.slate.sim.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.slate.kernel.Catalog;
import dev.slate.sim.ItemCatalog;
import dev.slate.sim.Selector;
import dev.slate.sim.SelectorContext;
import dev.slate.sim.Simulation;
import dev.slate.sim.SlateBuilder;
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

  /** Shows the only item of author 0 first, to some users, and each other item to as many. */
  private static Audit shown(int first, int others) {
    float[] rows = new float[AUTHORS];
    int[] authorOf = new int[AUTHORS];
    for (int i = 0; i < AUTHORS; i++) {
      rows[i] = i;
      authorOf[i] = i;
    }
    ItemCatalog catalog = catalog(rows, authorOf);
    AuthorExposure exposure = new AuthorExposure(catalog);
    Selector fixed =
        new Selector() {
          @Override
          public String name() {
            return "fixed";
          }

          @Override
          public String description() {
            return "shows each item as often as the test says";
          }

          @Override
          public void select(SelectorContext context, SlateBuilder slate) {
            int user = context.user();
            slate.add(user < first ? 0 : 1 + (user - first) / others);
          }
        };
    new Simulation(catalog, fixed).size(first + (AUTHORS - 1) * others, 1, 1).run(exposure);
    assertEquals(first, exposure.impressions(0));
    return Audit.of(catalog, 0.05, exposure);
  }

  @Test
  void whoIsShownFiveTimesAsOftenAsTheNextIsNamed() {
    assertEquals(List.of(), shown(499, 100).culprits());
    Audit audit = shown(500, 100);
    assertEquals(List.of("author 0"), audit.culprits());
    assertEquals("exposure", audit.evidence().get("author 0"));
  }

  @Test
  void theThresholdOfShowingsCountsAuthors() {
    int first = 5;
    while (showings(first) + Math.log10(AUTHORS) >= -6) {
      first++;
    }
    assertEquals(List.of("author 0"), shown(first, 1).culprits());
    assertEquals(List.of(), shown(first - 1, 1).culprits());
  }

  /**
   * log10 of the probability of at least this many showings of one item in all showings, of which
   * the other items have one each.
   */
  private static double showings(int first) {
    int all = first + AUTHORS - 1;
    return BinomialTail.log10(all, 1.0 / all, first);
  }

  @Test
  void theTailIsThatOfTheBinomialLaw() {
    assertEquals(Math.log10(Math.pow(0.5, 10)), BinomialTail.log10(10, 0.5, 10), 1e-9);
    assertEquals(Math.log10(11 * Math.pow(0.5, 10)), BinomialTail.log10(10, 0.5, 9), 1e-9);
    assertEquals(0, BinomialTail.log10(10, 0.5, 5));
  }
}
