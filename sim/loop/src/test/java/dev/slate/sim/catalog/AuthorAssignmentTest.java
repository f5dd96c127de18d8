package dev.slate.sim.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slate.sim.ItemCatalog;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AuthorAssignmentTest {
  @Test
  void shareTheMemesEvenly() {
    Map<String, Integer> works = new HashMap<>();
    authors(7).forEach(author -> works.merge(author, 1, Integer::sum));
    assertEquals(1, works.remove("Celebrations"));
    assertEquals(28, works.size());
    assertEquals(Set.copyOf(AuthorAssignment.NAMES), works.keySet());
    // Binomial: mean 249.7, standard deviation 15.5.
    works
        .values()
        .forEach(count -> assertTrue(Math.abs(count - 249.7) < 4 * 15.5, "count " + count));
  }

  @Test
  void areDecidedByTheSeed() {
    assertEquals(authors(7), authors(7));
    assertNotEquals(authors(7), authors(8));
  }

  private static List<String> authors(long seed) {
    ItemCatalog catalog = CatalogLoader.open("memotion", null, seed);
    return IntStream.range(0, catalog.size())
        .mapToObj(item -> catalog.authors().get(catalog.author(item)))
        .toList();
  }
}
