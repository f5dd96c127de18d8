package dev.slate.bench.roofline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The memory stream is a floor only if it reads every byte, and none twice. */
class StreamSumTest {
  private static final int LEAD = 12;

  @ParameterizedTest
  @EnumSource
  void readsEveryFloatOnce(StreamSum order) {
    float[] a = new float[LEAD + 2 * StreamSum.GRAIN + LEAD];
    int end = LEAD + 2 * StreamSum.GRAIN;
    for (int i = 0; i < a.length; i++) {
      a[i] = 1;
      assertEquals(i >= LEAD && i < end ? 1 : 0, order.sum(a, LEAD, end), "float " + i);
      a[i] = 0;
    }
  }

  @ParameterizedTest
  @EnumSource
  void sumsWhatIsThere(StreamSum order) {
    float[] a = new float[5 * StreamSum.GRAIN];
    long sum = 0;
    for (int i = 0; i < a.length; i++) {
      a[i] = i % 251;
      sum += i % 251;
    }
    assertEquals((float) sum, order.sum(a, 0, a.length));
  }

  @ParameterizedTest
  @EnumSource
  void readsNoMoreThanItShould(StreamSum order) {
    float[] a = new float[StreamSum.GRAIN + 2 * LEAD];
    Arrays.fill(a, Float.NaN);
    Arrays.fill(a, LEAD, LEAD + StreamSum.GRAIN, 1f);
    assertEquals(StreamSum.GRAIN, order.sum(a, LEAD, LEAD + StreamSum.GRAIN));
  }
}
