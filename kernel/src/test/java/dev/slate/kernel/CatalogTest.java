package dev.slate.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class CatalogTest {
  @Test
  void aBuilderHoldsWhatWasAdded() {
    Random r = new Random(1);
    for (int d : new int[] {1, 3, 4096}) {
      int n = 40_000 / d + 4200;
      float[] rows = Shape.UNIFORM.rows(r, n, d);
      Catalog items = Catalog.builder(d).addAll(rows).build();
      assertEquals(n, items.size());
      float[] copy = new float[n * d];
      items.copyRows(0, n, copy, 0);
      assertArrayEquals(rows, copy);
      float[] part = new float[2 * d + 1];
      items.copyRows(n - 2, 2, part, 1);
      assertEquals(rows[(n - 2) * d], part[1]);
      assertThrows(IndexOutOfBoundsException.class, () -> items.copyRows(n - 1, 2, copy, 0));
    }
  }

  @Test
  void aBuilderMayGrowAfterABuild() {
    CatalogBuilder builder = Catalog.builder(1).add(3, new float[] {1}).bias(0.5f);
    Catalog one = builder.build();
    Catalog two = builder.add(4, new float[] {2}).build();
    assertEquals(1, one.size());
    assertEquals(2, two.size());
    assertEquals(4, two.id(1));
    assertEquals(0.5f, two.bias(0));
    assertEquals(0f, two.bias(1));
  }

  @Test
  void idsAreForAllOrNone() {
    assertThrows(
        IllegalArgumentException.class, () -> Catalog.builder(1).add(1f).add(1, new float[1]));
    assertThrows(
        IllegalArgumentException.class, () -> Catalog.builder(1).add(1, new float[1]).add(1f));
    assertThrows(IllegalStateException.class, () -> Catalog.builder(1).bias(1f));
    assertFalse(Catalog.of(new float[2], 1).hasIds());
    assertTrue(Catalog.builder(1).add(1, new float[1]).build().hasIds());
  }

  @Test
  void itemSetsAreBitmaps() {
    ItemSet set = ItemSet.unbound(130, 0, 64, 129, 64);
    assertEquals(3, set.size());
    assertEquals(130, set.universe());
    assertTrue(set.contains(129));
    assertFalse(set.remove(129).contains(129));
    assertEquals(0, set.clear().size());
    assertThrows(IndexOutOfBoundsException.class, () -> set.add(130));
    assertThrows(IllegalArgumentException.class, () -> ItemSet.unbound(-1));
  }
}
