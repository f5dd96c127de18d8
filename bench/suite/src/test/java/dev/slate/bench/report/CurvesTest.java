package dev.slate.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

  private static Measurement measured(int threads, double density, double micros) {
    SummaryRow row =
        new SummaryRow(
            "slate", "scan", "dot", "uniform", 1000, 5, 10, threads, 1, density, 1, micros, micros,
            1, 1, 1, 0, 1, 12);
    return new Measurement(
        row, "slate scan", "", List.of(micros), List.of(row.streamShare()), Map.of());
  }

  @Test
  void drawsFiltersAndThreadsToo() {
    List<Curves.Panel> panels =
        Curves.of(
            List.of(
                measured(1, 0.01, 2),
                measured(1, 0.1, 4),
                measured(1, 1, 8),
                measured(2, 1, 4),
                measured(4, 1, 2)));
    assertEquals(List.of("density", "threads"), panels.stream().map(p -> p.parameter()).toList());
    Curves.Line density = panels.get(0).lines().get(0);
    Curves.Line threads = panels.get(1).lines().get(0);
    assertEquals(List.of(0.01, 0.1, 1.0), density.points().stream().map(p -> p[0]).toList());
    assertEquals(Math.log(2) / Math.log(10), density.exponent(), 1e-9);
    assertEquals(List.of(8.0, 4.0, 2.0), threads.points().stream().map(p -> p[1]).toList());
    assertEquals(-1, threads.exponent(), 1e-9);
  }

  @Test
  void twoPointsAreNoFit() {
    double[] one = {1, 1};
    double[] two = {2, 2};
    assertTrue(Double.isNaN(Curves.exponent(List.of(one, two))));
  }
}
