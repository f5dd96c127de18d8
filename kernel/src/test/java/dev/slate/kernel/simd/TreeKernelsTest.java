package dev.slate.kernel.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slate.kernel.EachWidth;
import dev.slate.kernel.query.CompiledQuery;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Copies of the kernel compute what the class itself does. */
@EachWidth
class TreeKernelsTest {
  private static final int LANES = TreeKernel.LANES;

  @Test
  void smallNumbersHaveAClassOfTheirOwn() {
    assumeTrue(Simd.bits() > Float.SIZE, "the scalar kernel serves");
    assertTrue(TreeKernel.get(5).getClass().isHidden(), "no copy could be loaded");
    assertSame(TreeKernel.get(5), TreeKernel.get(5));
    assertNotSame(TreeKernel.get(5).getClass(), TreeKernel.get(6).getClass());
    assertEquals(VectorTreeKernel.class, TreeKernel.get(100).getClass());
  }

  @Test
  void keysHaveTheBitsOfTheChain() {
    for (int seed = 0; seed < 2_000; seed++) {
      Random r = new Random(seed);
      CompiledQuery query = new CompiledQuery();
      query.d = 2 + r.nextInt(20);
      query.dot = r.nextBoolean();
      query.biased = query.dot && r.nextBoolean();
      query.q = floats(r, query.d);
      query.w = query.dot || r.nextBoolean() ? null : weights(r, query.d);
      int rows = query.d + (query.biased ? 1 : 0);
      int at = r.nextInt(20);
      float[] chunk = floats(r, at + rows * LANES + r.nextInt(20));
      int to = r.nextInt(50);
      float[] keys = new float[to + LANES];
      float limit = r.nextInt(5) == 0 ? Float.NaN : (float) r.nextGaussian() * query.d;
      long accepted = TreeKernel.get(query.d).leaf(query, chunk, at, LANES, limit, keys, to);
      assertEquals(0, accepted >>> LANES, "seed " + seed);
      for (int i = 0; i < LANES; i++) {
        float key = query.key(chunk, at + i, LANES);
        assertEquals(Float.floatToRawIntBits(key), Float.floatToRawIntBits(keys[to + i]));
        boolean in = !(key > limit);
        assertEquals(in, (accepted >>> i & 1) == 1, "seed " + seed + " lane " + i);
      }
    }
  }

  private static float[] floats(Random r, int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = r.nextInt(8) == 0 ? -0f : (float) r.nextGaussian();
    }
    return values;
  }

  private static float[] weights(Random r, int count) {
    float[] values = floats(r, count);
    for (int i = 0; i < count; i++) {
      values[i] = Math.abs(values[i]);
    }
    return values;
  }
}
