package dev.slate.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slate.sim.audit.Audit;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuditTest {
  private static final int SEEDS = 100;

  private static Audit audit(World world) {
    return Audit.of(world, 0.05, new long[world.authors().size()]);
  }

  private static World memotion(int seed) {
    return dev.slate.sim.catalog.Worlds.open("memotion", null, seed);
  }

  @Test
  void nobodyIsNamedOnACleanCatalogue() {
    for (int seed = 0; seed < SEEDS; seed++) {
      assertEquals(List.of(), audit(memotion(seed)).culprits(), "seed " + seed);
    }
  }

  @Test
  void malloryIsNamed() {
    for (int seed = 0; seed < SEEDS; seed++) {
      World world = dev.slate.sim.catalog.Worlds.attacked(memotion(seed), 27_000);
      Audit audit = audit(world);
      assertEquals(List.of("Mallory"), audit.culprits(), "seed " + seed);
      assertEquals("Mallory", audit.groups().getFirst().author());
      assertTrue(audit.groups().getFirst().by() == 27_000);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {20, 100, 300, 1_000})
  void aSmallFloodIsFoundByItsDuplicates(int copies) {
    World world = dev.slate.sim.catalog.Worlds.attacked(memotion(3), copies);
    assertEquals(List.of("Mallory"), audit(world).culprits());
  }

  @Test
  void aBusyAuthorOfDistinctItemsIsFoundByVolume() {
    World world = Worlds.grid(5_000, 6, 4);
    int[] authors = new int[world.size()];
    for (int item = 0; item < authors.length; item++) {
      authors[item] = item % 3 == 0 ? 6 : item * 7_919 / 11 % 6;
    }
    World busy =
        new World(
            "busy", world.items(), world.attributes(), world.names(), world.authors(), authors, 0);
    assertEquals(List.of("Gus"), audit(busy).culprits());
  }
}
