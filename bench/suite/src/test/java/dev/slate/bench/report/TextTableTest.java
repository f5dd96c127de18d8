package dev.slate.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The table fits a terminal of 80 columns, and every figure stands in its column. */
class TextTableTest {
  private static Measurement measured(
      String title, double p50, double p99, double bytes, double recall, double buildMs) {
    SummaryRow row =
        new SummaryRow(
            "slate", "scan", "dot", "uniform", 1000, 5, 10, 1, 1, 1, 2, p50, p99, 21.5, 0.87, 0.5,
            bytes, recall, buildMs);
    return new Measurement(row, title, "a question", List.of(), List.of(0.8, 1.0), Map.of());
  }

  @Test
  void aLineHoldsAllFigures() {
    String table = TextTable.render(List.of(measured("slate scan", 12.34, 56.78, 0, 1, 45)));
    List<String> lines = table.lines().toList();
    assertEquals("a question", lines.get(1));
    assertEquals(
        List.of("p50", "p99", "spread", "GB/s", "stream", "B/op", "build", "recall"),
        List.of(lines.get(2).strip().split(" +")));
    assertEquals(
        "slate scan              12.3 µs  56.8 µs    25%  21.5   0.87     0  45 ms     1",
        lines.get(3));
  }

  @Test
  void noLineIsLongerThanTheTerminal() {
    String table =
        TextTable.render(
            List.of(
                measured("jvector graph ef=400", 9.99e9, 9.99e9, 9e9, 0.9876, 999_000),
                measured(
                    "slate quantized",
                    Double.NaN,
                    Double.NaN,
                    Double.NaN,
                    Double.NaN,
                    Double.NaN)));
    table.lines().forEach(line -> assertTrue(line.length() <= 80, line.length() + ": " + line));
    assertTrue(table.contains("0.988"), table);
    assertTrue(table.contains("999 s"), table);
  }

  @ParameterizedTest
  @CsvSource({
    "9999,9999",
    "10000,10k",
    "999499,999k",
    "1000000,1M",
    "2600000,3M",
  })
  void bytesFitTheirColumn(double bytes, String text) {
    String table = TextTable.render(List.of(measured("x", 1, 2, bytes, 1, 1)));
    assertTrue(table.contains("0.87 " + " ".repeat(5 - text.length()) + text + " "), table);
  }

  @ParameterizedTest
  @CsvSource({
    "999.4,999 ms",
    "999.5,1.0 s",
    "2345,2.3 s",
    "99940,99.9 s",
    "99950,100 s",
    "123456,123 s",
  })
  void timesToBuildFitTheirColumn(double millis, String text) {
    String table = TextTable.render(List.of(measured("x", 1, 2, 0, 1, millis)));
    assertTrue(table.contains("     0 " + " ".repeat(6 - text.length()) + text + " "), table);
  }

  @Test
  void whatWasNotMeasuredIsADash() {
    double none = Double.NaN;
    String table = TextTable.render(List.of(measured("x", none, none, none, none, none)));
    assertEquals(
        List.of("x", "-", "-", "25%", "21.5", "0.87", "-", "-", "-"),
        List.of(table.lines().toList().get(3).split(" +")));
  }

  @ParameterizedTest
  @CsvSource({"999.9,99.99,999.9,99.99", "1000,100,1000,100"})
  void largeRatesHaveNoDecimals(double rate, double share, String rateText, String shareText) {
    SummaryRow row =
        new SummaryRow(
            "slate", "scan", "dot", "uniform", 1000, 5, 10, 1, 1, 1, 1, 2, 3, rate, share, 0.5, 0,
            1, 1);
    Measurement one = new Measurement(row, "x", "a question", List.of(1.), List.of(), Map.of());
    List<String> line = List.of(TextTable.render(List.of(one)).split("\n", -1)[3].split(" +", -1));
    assertEquals(List.of("µs", rateText, shareText, "0", "1", "ms", "1"), line.subList(4, 11));
  }

  /** A question is asked once, however many subjects answer it. */
  @Test
  void rowsOfOneQuestionStandTogether() {
    Measurement row = measured("x", 1, 2, 0, 1, 1);
    assertEquals(5, TextTable.render(List.of(row, row)).lines().count());
    assertTrue(TextTable.time(2e6).endsWith(" s "));
  }

  @ParameterizedTest
  @CsvSource({
    "0,0",
    "100000,100k",
    "999,999",
    "1000,1k",
    "1500,1500",
    "340479,340479",
    "1000000,1m",
    "2500000,2.5m",
    "2550000,2550k"
  })
  void countsStayExact(int n, String text) {
    assertEquals(text, TextTable.count(n));
  }
}
