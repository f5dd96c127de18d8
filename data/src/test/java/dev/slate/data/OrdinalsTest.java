package dev.slate.data;

import static dev.slate.data.Fixtures.assertBad;
import static dev.slate.data.Fixtures.write;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slate.kernel.Catalog;
import dev.slate.kernel.ItemSet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OrdinalsTest {
  @TempDir Path dir;

  @Test
  void reads() throws IOException {
    ItemSet set = Ordinals.read(write(dir.resolve("a"), "3\n\n 9 \r\n0\n3\n7"), 10);
    assertEquals(4, set.size());
    for (int ordinal : List.of(0, 3, 7, 9)) {
      assertTrue(set.contains(ordinal));
    }
    assertEquals(0, Ordinals.read(write(dir.resolve("a"), ""), 10).size());
  }

  @Test
  void refuses() throws IOException {
    bad("1\n2\n10\n", "a: ordinals go from 0 to 9, but this is more, line 3");
    bad("99999999999999999999", "but this is more, line 1");
    bad("1\n-2\n", "one ordinal, digits only, line 2");
    bad("1 2\n", "digits only, line 1");
    bad("1\nx", "digits only, line 2");
    bad("1.0", "digits only, line 1");
    assertBad(() -> Ordinals.read(dir.toString(), 10), "is a directory");
    assertBad(() -> Ordinals.read(dir.resolve("none").toString(), 10), "no such file");
  }

  private void bad(String text, String problem) throws IOException {
    String file = write(dir.resolve("a"), text);
    assertBad(() -> Ordinals.read(file, 10), problem);
  }

  @Test
  void givesItemsABias() throws IOException {
    Catalog items = Catalog.of(new float[] {1, 2, 3, 4}, 2);
    Catalog biased = Vectors.withBias(items, write(dir.resolve("b.csv"), "0.5\n-1\n"));
    assertTrue(biased.hasBias());
    assertEquals(-1, biased.bias(1));
    assertEquals(1, biased.id(1));
    String three = write(dir.resolve("b.csv"), "0.5\n-1\n3\n");
    assertBad(
        () -> Vectors.withBias(items, three),
        "has 3 rows of 1, but a bias for each item takes 2 rows of 1");
    String wide = write(dir.resolve("b.csv"), "0.5,1\n-1,1\n");
    assertBad(() -> Vectors.withBias(items, wide), "has 2 rows of 2");
  }
}
