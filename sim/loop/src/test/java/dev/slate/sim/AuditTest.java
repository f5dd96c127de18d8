package dev.slate.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slate.sim.audit.Audit;
import dev.slate.sim.audit.AuditPower;
import dev.slate.sim.audit.AuthorExposure;
import dev.slate.sim.audit.AuthorVolume;
import dev.slate.sim.audit.DuplicateGroup;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuditTest {
  private static final int SEEDS = 100;

  private static Audit audit(ItemCatalog catalog) {
    return Audit.of(catalog, 0.05, new AuthorExposure(catalog));
  }

  private static ItemCatalog memotion(int seed) {
    return dev.slate.sim.catalog.CatalogLoader.open("memotion", null, seed);
  }

  @Test
  void nobodyIsNamedOnACleanCatalogue() {
    for (int seed = 0; seed < SEEDS; seed++) {
      assertEquals(List.of(), audit(memotion(seed)).culprits(), "seed " + seed);
    }
  }

  @Test
  void malloryIsNamed() {
    for (int seed = 0; seed < SEEDS / 4; seed++) {
      ItemCatalog catalog = dev.slate.sim.catalog.CatalogLoader.attacked(memotion(seed), 27_000);
      Audit audit = audit(catalog);
      assertEquals(List.of("Mallory"), audit.culprits(), "seed " + seed);
      assertEquals("Mallory", audit.groups().getFirst().author());
      assertTrue(audit.groups().getFirst().by() == 27_000);
    }
  }

  /** On a catalogue of lattice points the groups are the points that more than one item shares. */
  @Test
  void groupsAreThePointsThatItemsShare() {
    ItemCatalog catalog = memotion(1);
    Map<List<Float>, Integer> points = new HashMap<>();
    float[] row = new float[5];
    for (int item = 0; item < catalog.size(); item++) {
      catalog.read(item, row);
      points.merge(List.of(row[0], row[1], row[2], row[3], row[4]), 1, Integer::sum);
    }
    List<Integer> shared =
        points.values().stream().filter(n -> n > 1).sorted(Comparator.reverseOrder()).toList();
    Audit audit = audit(catalog);
    assertEquals(shared.size(), audit.groupCount());
    assertEquals(20, audit.groups().size());
    assertEquals(shared.subList(0, 20), audit.groups().stream().map(DuplicateGroup::size).toList());
  }

  @Test
  void sharesOfShowingsStandBesideSharesOfTheCatalogue() {
    ItemCatalog catalog = dev.slate.sim.catalog.CatalogLoader.attacked(memotion(5), 27_000);
    AuthorExposure exposure = new AuthorExposure(catalog);
    new Simulation(catalog, Selectors.create("random")).size(200, 30, 5).run(exposure);
    assertEquals(200 * 30 * 5, exposure.impressions());
    List<AuthorVolume> volumes = Audit.of(catalog, 0.05, exposure).volumes();
    AuthorVolume mallory = volumes.getFirst();
    assertEquals("Mallory", mallory.author());
    assertEquals(27_000.0 / 33_993, mallory.share(), 1e-12);
    double error = Math.sqrt(mallory.share() * (1 - mallory.share()) / 30_000);
    assertEquals(mallory.share(), mallory.impressions(), 4 * error);
    assertEquals(1, volumes.stream().mapToDouble(AuthorVolume::impressions).sum(), 1e-9);
    assertEquals(catalog.size(), volumes.stream().mapToInt(AuthorVolume::items).sum());
  }

  /** What names somebody is among what is reported, however small it is. */
  @Test
  void theGroupThatConvictsIsReported() {
    ItemCatalog catalog = dev.slate.sim.catalog.CatalogLoader.attacked(memotion(3), 5);
    Audit audit = audit(catalog);
    assertEquals(List.of("Mallory"), audit.culprits());
    assertEquals(21, audit.groups().size());
    DuplicateGroup last = audit.groups().getLast();
    assertEquals("Mallory", last.author());
    assertEquals(5, last.by());
    assertTrue(last.log10p() < -6);
  }

  @ParameterizedTest
  @ValueSource(ints = {20, 100, 300, 1_000})
  void aSmallFloodIsFoundByItsDuplicates(int copies) {
    ItemCatalog catalog = dev.slate.sim.catalog.CatalogLoader.attacked(memotion(3), copies);
    assertEquals(List.of("Mallory"), audit(catalog).culprits());
  }

  /** Where several accounts share the copies, all of them are named, and nobody else is. */
  @ParameterizedTest
  @CsvSource({"27000, 5", "27000, 10", "27000, 100", "10000, 10", "10000, 100", "300, 10"})
  void accountsThatShareCopiesAreNamedAndNobodyElse(int copies, int accounts) {
    List<String> names = AuditPower.accounts(accounts);
    ItemCatalog catalog = memotion(7).flooded("troll.jpeg", names, copies, new float[5], 0);
    assertEquals(Set.copyOf(names), Set.copyOf(audit(catalog).culprits()));
  }

  /** Copies that are moved far look like items of their own; they must not make others unlikely. */
  @ParameterizedTest
  @CsvSource({"10, 0.1", "10, 0.3", "100, 0.1", "100, 0.3"})
  void copiesThatHideAccuseNobodyElse(int accounts, double jitter) {
    List<String> names = AuditPower.accounts(accounts);
    for (int seed = 7; seed < 10; seed++) {
      ItemCatalog catalog =
          memotion(seed).flooded("troll.jpeg", names, 27_000, new float[5], jitter);
      assertTrue(names.containsAll(audit(catalog).culprits()), "seed " + seed);
    }
  }

  @Test
  void aBusyAuthorOfDistinctItemsIsFoundByVolume() {
    ItemCatalog catalog = TestCatalogs.grid(5_000, 6, 4);
    int[] authors = new int[catalog.size()];
    for (int item = 0; item < authors.length; item++) {
      authors[item] = item % 3 == 0 ? 6 : item * 7_919 / 11 % 6;
    }
    ItemCatalog busy =
        new ItemCatalog(
            "busy",
            catalog.items(),
            catalog.attributes(),
            catalog.names(),
            catalog.authors(),
            authors,
            0);
    assertEquals(List.of("Gus"), audit(busy).culprits());
  }

  @Test
  void authorsThatAreDrawnAreSaidToBe() {
    Cli.Outcome drawn = Cli.run("audit", "--catalog", "gaussian:100:5");
    assertEquals(0, drawn.code(), drawn::err);
    assertEquals(
        "slate: gaussian:100:5: has no column author: authors are drawn at random\n", drawn.err());
    assertEquals("", Cli.run("audit").err());
  }
}
