package dev.slate.bench.results;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class SeriesTest {
  @Test
  void aMedianIsTheMiddleAndLeavesItsValuesInOrder() {
    double[] odd = {9, 1, 5, 3, 7};
    assertEquals(5, Series.median(odd));
    assertArrayEquals(new double[] {9, 1, 5, 3, 7}, odd);
    double[] even = {4, 1, 8, 2};
    assertEquals(3, Series.median(even));
    assertArrayEquals(new double[] {4, 1, 8, 2}, even);
    assertEquals(Double.NaN, Series.median(new double[0]));
  }
}
