package dev.slate.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class CurvesTest {
  @Property
  void findsThePowerOfAPowerLaw(
      @ForAll @DoubleRange(min = -1, max = 3) double power,
      @ForAll @DoubleRange(min = 0.01, max = 1000) double scale) {
    List<double[]> points = new ArrayList<>();
    for (double n : new double[] {1e4, 5e4, 3e5, 1e7}) {
      points.add(new double[] {n, scale * Math.pow(n, power)});
    }
    assertEquals(power, Curves.exponent(points), 1e-9);
  }

  @Test
  void twoPointsAreNoFit() {
    double[] one = {1, 1};
    double[] two = {2, 2};
    assertTrue(Double.isNaN(Curves.exponent(List.of(one, two))));
  }
}
