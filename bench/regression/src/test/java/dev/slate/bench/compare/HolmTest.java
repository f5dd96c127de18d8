package dev.slate.bench.compare;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.junit.jupiter.api.Test;

class HolmTest {

  /** As R's p.adjust(c(0.01, 0.04, 0.03, 0.005), "holm"). */
  @Test
  void adjustsStepByStep() {
    assertArrayEquals(
        new double[] {0.03, 0.06, 0.06, 0.02},
        Holm.adjust(new double[] {0.01, 0.04, 0.03, 0.005}),
        1e-15);
  }

  @Test
  void staysAtMostOneAndTakesAnEmptyFamily() {
    assertArrayEquals(new double[] {1, 1}, Holm.adjust(new double[] {0.9, 0.6}));
    assertArrayEquals(new double[0], Holm.adjust(new double[0]));
  }
}
