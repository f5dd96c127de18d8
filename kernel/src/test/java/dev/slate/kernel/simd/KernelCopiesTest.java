package dev.slate.kernel.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slate.kernel.EachWidth;
import dev.slate.kernel.layout.Blocks;
import dev.slate.kernel.query.CompiledQuery;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each metric has a class of its own, which computes the keys of that metric. */
@EachWidth
class KernelCopiesTest {
  private static final int D = 7;

  @BeforeEach
  void vectors() {
    assumeTrue(Simd.bits() > Float.SIZE, "the scalar kernel serves");
  }

  @Test
  void eachCaseHasAClassOfItsOwn() {
    BlockKernel dot = block(VectorKernel.DOT);
    BlockKernel euclidean = block(VectorKernel.EUCLIDEAN);
    assertTrue(dot.getClass().isHidden());
    assertNotSame(dot.getClass(), euclidean.getClass());
    assertEquals(VectorTileKernels.class, Simd.tiles().getClass(), "no copy could be loaded");
    assertEquals(Simd.bits() == 512, Simd.packed().pairs(), "no copy could be loaded");
  }

  @Test
  void whereNoClassFileIsThereIsNoCopy() {
    Class<? extends BlockKernel> hidden = block(VectorKernel.DOT).getClass();
    assertNull(KernelCopies.copy(BlockKernel.class, hidden, VectorKernel.DOT));
  }

  @Test
  void aCopyComputesTheKeysOfItsMetric() {
    for (int metric : List.of(VectorKernel.EUCLIDEAN, VectorKernel.WEIGHTED, VectorKernel.DOT)) {
      for (boolean biased : List.of(false, true)) {
        Random r = new Random(metric);
        CompiledQuery query = new CompiledQuery();
        query.d = D;
        query.dot = metric == VectorKernel.DOT;
        query.biased = query.dot && biased;
        query.q = floats(r, D);
        query.w = metric == VectorKernel.WEIGHTED ? floats(r, D) : null;
        int rows = query.biased ? D + 1 : D;
        float[] chunk = floats(r, rows * Blocks.SIZE);
        float[] keys = new float[Blocks.SIZE];
        assertEquals(0, block(metric).scan(query, chunk, 0, 1, Float.NaN, keys));
        for (int i = 0; i < Blocks.SIZE; i++) {
          float key = query.key(chunk, Blocks.lane(i, rows), Blocks.STRIP);
          assertEquals(Float.floatToRawIntBits(key), Float.floatToRawIntBits(keys[i]));
        }
      }
    }
  }

  private static BlockKernel block(int metric) {
    BlockKernel copy = KernelCopies.copy(BlockKernel.class, VectorKernel.class, metric);
    assertNotNull(copy, "no copy could be loaded");
    return copy;
  }

  private static float[] floats(Random r, int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = r.nextInt(8) == 0 ? -0f : (float) r.nextGaussian();
    }
    return values;
  }
}
