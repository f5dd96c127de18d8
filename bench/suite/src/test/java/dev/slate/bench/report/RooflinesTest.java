package dev.slate.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Roofs and points, from figures made by hand. */
class RooflinesTest {
  private static Measurement measured(
      String subject, String strategy, int n, int queries, int threads, double p50, Double peak) {
    SummaryRow row =
        new SummaryRow(
            subject, strategy, "dot", "uniform", n, 10, 10, threads, queries, 1, 1, p50, p50, 1, 1,
            1, 0, 1, 12);
    Map<String, Double> facts =
        peak == null ? Map.of() : Map.of("roofline.stream", n * 40 / 20e3, "roofline.peak", peak);
    return new Measurement(row, subject + " " + strategy, "", List.of(p50), List.of(1.0), facts);
  }

  @Test
  void theRoofIsRateOfMemoryAndOfArithmetic() {
    List<Rooflines.Roof> roofs =
        Rooflines.of(
            List.of(
                measured("slate", "scan", 10_000_000, 1, 1, 25_000, 4_000.0),
                measured("slate", "scan", 10_000_000, 64, 1, 5_000, 4_000.0)));
    assertEquals(1, roofs.size());
    Rooflines.Roof roof = roofs.getFirst();
    assertEquals("dot", roof.title());
    assertEquals(20, roof.streamGbPerS(), 1e-9, "400 MB in 20 ms");
    assertEquals(25, roof.peak(), 1e-9, "100 million attributes in 4 ms");
    assertEquals(4, roof.points().get(0).rate(), 1e-9, "100 million attributes in 25 ms");
    assertEquals(1, roof.points().get(0).reuse());
    assertEquals(20, roof.points().get(1).rate(), 1e-9);
    assertEquals(64, roof.points().get(1).reuse(), "a batch shares what it reads");
  }

  @Test
  void eachNumberOfThreadsHasItsRoof() {
    List<Rooflines.Roof> roofs =
        Rooflines.of(
            List.of(
                measured("slate", "scan", 1000, 1, 1, 10, 1.0),
                measured("slate", "scan", 1000, 1, 2, 5, 0.5)));
    assertEquals(List.of("dot", "dot, 2 threads"), roofs.stream().map(r -> r.title()).toList());
    assertEquals(10, roofs.get(0).peak(), 1e-9);
    assertEquals(20, roofs.get(1).peak(), 1e-9);
  }

  /** Small arrays lie in a cache: the roof is that of the large ones. */
  @Test
  void memoryIsThatBeyondTheCaches() {
    Measurement small = measured("slate", "scan", 1000, 1, 1, 10, 1.0);
    Measurement cached =
        new Measurement(
            small.row(),
            small.title(),
            "",
            List.of(),
            List.of(),
            Map.of("roofline.stream", 0.2, "roofline.peak", 1.0));
    Measurement large = measured("slate", "scan", 10_000_000, 1, 1, 25_000, 4_000.0);
    assertEquals(20, Rooflines.of(List.of(cached, large)).getFirst().streamGbPerS(), 1e-9);
    assertEquals(200, Rooflines.of(List.of(cached)).getFirst().streamGbPerS(), 1e-9);
  }

  /** 100 MB are beyond the caches. */
  @Test
  void aHundredMegabytesAreLarge() {
    Measurement cached = measured("slate", "scan", 2_499_999, 1, 1, 10, 1.0);
    Measurement fast =
        new Measurement(
            cached.row(),
            "",
            "",
            List.of(),
            List.of(),
            Map.of("roofline.stream", 1.0, "roofline.peak", 1.0));
    Measurement large = measured("slate", "scan", 2_500_000, 1, 1, 10, 1.0);
    assertEquals(20, Rooflines.of(List.of(fast, large)).getFirst().streamGbPerS(), 1e-9);
  }

  /** A tree reads for each query anew; a peer's batch and that of the scan share what they read. */
  @Test
  void onlyTilesShareWhatTheyRead() {
    List<Rooflines.Point> points =
        Rooflines.of(
                List.of(
                    measured("slate", "tree", 1000, 64, 1, 10, 1.0),
                    measured("slate", "scan", 1000, 64, 1, 10, 1.0),
                    measured("openblas", "gemm", 1000, 64, 1, 10, 1.0)))
            .getFirst()
            .points();
    assertEquals(List.of(1, 64, 64), points.stream().map(Rooflines.Point::reuse).toList());
  }

  @Test
  void withoutCeilingsThereIsNoRoof() {
    Measurement none = measured("faiss-flat", "flat", 1000, 1, 1, 10, null);
    assertEquals(List.of(), Rooflines.of(List.of(none)));
    for (String only : List.of("roofline.stream", "roofline.peak")) {
      Measurement one =
          new Measurement(none.row(), "", "", List.of(), List.of(), Map.of(only, 1.0));
      assertEquals(List.of(), Rooflines.of(List.of(one)), only);
    }
  }
}
