package dev.slate.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MeasurementTest {
  private static Measurement of(double streamShare, List<Double> p50, List<Double> shares) {
    return of(streamShare, 1, p50, shares, Map.of());
  }

  private static Measurement of(
      double streamShare,
      double peakShare,
      List<Double> p50,
      List<Double> shares,
      Map<String, Double> facts) {
    return of(1, 1, streamShare, peakShare, p50, shares, facts);
  }

  private static Measurement of(
      int queries,
      double density,
      double streamShare,
      double peakShare,
      List<Double> p50,
      List<Double> shares,
      Map<String, Double> facts) {
    SummaryRow row =
        new SummaryRow(
            "slate",
            "scan",
            "dot",
            "uniform",
            1000,
            5,
            10,
            1,
            queries,
            density,
            2,
            1,
            1,
            1,
            streamShare,
            peakShare,
            0,
            1,
            12);
    return new Measurement(row, "slate scan", "", p50, shares, facts);
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

  /** A small catalogue that lies in a cache: a tree is no faster there than memory is elsewhere. */
  @Test
  void whatLeavesItemsOutIsNotLimitedByWhatItSaves() {
    assertEquals("prunes", limit(0.87, 0.64, Map.of("itemsScored", 300.0)));
    assertEquals("prunes", limit(20, 2, Map.of()));
    assertEquals("memory", limit(1.1, 0.1, Map.of("itemsScored", 1000.0)));
    assertEquals("memory", limit(0.95, 0.1, Map.of("itemsScored", 1000.0)));
    assertEquals("arithmetic", limit(0.95, 0.7, Map.of("itemsScored", 1000.0)));
    assertEquals("its own code", limit(0.2, 0.1, Map.of()));
  }

  /** From 60 % of a ceiling on it is the limit; 10 % of the items left out is pruning. */
  @Test
  void theLimitsOfALimit() {
    Map<String, Double> all = Map.of("itemsScored", 1000.0);
    assertEquals("its own code", limit(0.59, 0.1, all));
    assertEquals("memory", limit(0.61, 0.1, all));
    assertEquals("its own code", limit(0.1, 0.59, all));
    assertEquals("arithmetic", limit(0.1, 0.61, all));
    assertEquals("arithmetic", limit(0.1, 1.66, all));
    assertEquals("its own code", limit(0.1, 1.67, all));
    assertEquals("prunes", limit(0.1, 0.1, Map.of("itemsScored", 899.0)));
    assertEquals("its own code", limit(0.1, 0.1, Map.of("itemsScored", 901.0)));
    assertEquals("memory", limit(1.04, 0.1, Map.of()));
    assertEquals("prunes", limit(1.06, 0.1, Map.of()));
  }

  @Test
  void theSpreadOfForksNearTheStreamIsThatOfTheirShares() {
    List<Double> times = List.of(10., 20.);
    List<Double> shares = List.of(0.6, 0.66);
    assertEquals(1, of(0.59, times, shares).spread(), 1e-9);
    assertEquals(0.1, of(0.61, times, shares).spread(), 1e-9);
  }

  /** A limit belongs to what it limits. */
  @Test
  void onTheLimit() {
    Map<String, Double> all = Map.of("itemsScored", 1000.0);
    assertEquals("memory", limit(0.6, 0.1, all));
    assertEquals("arithmetic", limit(0.1, 0.6, all));
    assertEquals("arithmetic", limit(0.1, 1 / 0.6, all));
    assertEquals("memory", limit(1.05, 0.1, Map.of()));
    assertEquals("its own code", limit(0.1, 0.1, Map.of("itemsScored", 900.0)));
    List<Double> times = List.of(10., 20.);
    assertEquals(0.25, of(0.6, times, List.of(0.4, 0.5)).spread(), 1e-9);
    assertEquals(0.25, of(3.99, times, List.of(4., 5.)).spread(), 1e-9);
    assertEquals(1, of(4, times, List.of(4., 5.)).spread(), 1e-9);
  }

  /** Of many queries that share what they read, neither memory nor pruning is the limit. */
  @Test
  void aBatchIsLimitedByArithmeticOrItsOwnCode() {
    List<Double> times = List.of(10., 20.);
    Map<String, Double> few = Map.of("itemsScored", 10.0);
    assertEquals("its own code", of(64, 1, 1, 0.1, times, times, few).limit());
    assertEquals("arithmetic", of(64, 1, 1, 0.7, times, times, few).limit());
    assertEquals(1, of(64, 1, 1, 0.7, times, List.of(1., 1.), few).spread(), 1e-9);
  }

  /** What a filter leaves out is not pruned. */
  @Test
  void itemsThatAFilterAdmitsAreAll() {
    Map<String, Double> half = Map.of("itemsScored", 460.0);
    assertEquals("its own code", of(1, 0.5, 0.1, 0.1, List.of(), List.of(), half).limit());
    Map<String, Double> fewer = Map.of("itemsScored", 440.0);
    assertEquals("prunes", of(1, 0.5, 0.1, 0.1, List.of(), List.of(), fewer).limit());
  }

  private static String limit(double streamShare, double peakShare, Map<String, Double> facts) {
    return of(streamShare, peakShare, List.of(), List.of(), facts).limit();
  }
}
