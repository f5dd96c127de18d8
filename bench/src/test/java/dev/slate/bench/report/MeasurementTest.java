package dev.slate.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MeasurementTest {
  private static Measurement of(double streamShare, List<Double> p50, List<Double> shares) {
    Row row =
        new Row(
            "slate",
            "scan",
            "dot",
            "uniform",
            1000,
            5,
            10,
            1,
            1,
            1,
            2,
            1,
            1,
            1,
            streamShare,
            1,
            0,
            1);
    return new Measurement(row, "slate scan", "", p50, shares, Map.of());
  }

  /** Both forks ran at the speed of memory, which was half in one of them. */
  @Test
  void whatMemoryLimitsIsComparedWithTheStream() {
    assertEquals(0.05, of(1, List.of(10., 20.), List.of(1., 1.05)).spread(), 1e-9);
  }

  @Test
  void whatMemoryDoesNotLimitIsComparedByItsTime() {
    assertEquals(1, of(0.1, List.of(10., 20.), List.of(0.1, 0.1)).spread(), 1e-9);
    assertEquals(1, of(200, List.of(10., 20.), List.of(200., 200.)).spread(), 1e-9);
    assertEquals(1, of(Double.NaN, List.of(10., 20.), List.of()).spread(), 1e-9);
  }
}
