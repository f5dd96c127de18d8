package dev.slate.bench.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slate.bench.results.BenchmarkMetric;
import dev.slate.bench.results.Direction;
import dev.slate.bench.results.RowKey;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Help.Ansi;

/** What a row says of itself, and what all rows together come to. */
class ComparisonRowTest {
  private static final RowKey KEY = Forks.key("a.B.c");

  private static ComparisonRow row(Direction direction, Verdict verdict) {
    BenchmarkMetric metric =
        new BenchmarkMetric(BenchmarkMetric.PRIMARY, "ns/op", direction, false);
    return new ComparisonRow(
        KEY, metric, verdict, "why", 200, 250, 0.25, 0.1, 0.4, 0.002, 0.004, 0.03, 7, 8, 9, 0.02);
  }

  private static Comparison of(Verdict... verdicts) {
    List<ComparisonRow> rows =
        Stream.of(verdicts).map(verdict -> row(Direction.LOWER_IS_BETTER, verdict)).toList();
    return new Comparison(ComparisonRules.DEFAULT, rows, List.of());
  }

  @Test
  void whatIsWorseDependsOnTheDirection() {
    ComparisonRow time = row(Direction.LOWER_IS_BETTER, Verdict.REGRESSED);
    assertEquals(0.25, time.worsening());
    assertEquals(0.4, time.worstCase());
    assertEquals(0.1, time.bestCase());
    ComparisonRow throughput = row(Direction.HIGHER_IS_BETTER, Verdict.IMPROVED);
    assertEquals(-0.25, throughput.worsening());
    assertEquals(-0.1, throughput.worstCase());
    assertEquals(-0.4, throughput.bestCase());
  }

  @Test
  void aCopyDiffersInWhatItIsAskedTo() {
    ComparisonRow row = row(Direction.LOWER_IS_BETTER, Verdict.REGRESSED);
    assertEquals(7, row.baseForks());
    assertEquals(8, row.candidateForks());
    assertEquals(9, row.forksNeeded());
    ComparisonRow concluded = row.concluded(Verdict.PASS, "cleared");
    assertEquals(
        new ComparisonRow(
            KEY,
            row.metric(),
            Verdict.PASS,
            "cleared",
            200,
            250,
            0.25,
            0.1,
            0.4,
            0.002,
            0.004,
            0.03,
            7,
            8,
            9,
            0.02),
        concluded);
    ComparisonRow noisy = row.withNoise(0.3);
    assertEquals(0.3, noisy.noise());
    assertEquals(row, noisy.withNoise(0.02));
    ComparisonRow lacking = row.lacking("few", 12);
    assertEquals(Verdict.INCONCLUSIVE, lacking.verdict());
    assertEquals("few", lacking.reason());
    assertEquals(12, lacking.forksNeeded());
    assertEquals(0, row.unchanged().change());
    assertEquals(200, row.unchanged().base());
  }

  @Test
  void whatWasNotMeasuredHasNoNumbers() {
    ComparisonRow row =
        ComparisonRow.unmeasured(KEY, Forks.metric("ns/op"), Verdict.MISSING, "gone");
    assertEquals(Verdict.MISSING, row.verdict());
    assertEquals("gone", row.reason());
    for (double number : new double[] {row.base(), row.candidate(), row.change(), row.p()}) {
      assertTrue(Double.isNaN(number), row::toString);
    }
    assertEquals(0, row.baseForks() + row.candidateForks() + row.forksNeeded());
  }

  @Test
  void someVerdictsAreUndecided() {
    Set<Verdict> undecided =
        Stream.of(Verdict.values()).filter(Verdict::isUndecided).collect(Collectors.toSet());
    assertEquals(Set.of(Verdict.INCONCLUSIVE, Verdict.INCOMPARABLE, Verdict.MISSING), undecided);
  }

  @Test
  void theGravestRowDecidesTheExitCode() {
    assertEquals(0, of().exitCode());
    assertEquals(0, of(Verdict.PASS, Verdict.IMPROVED, Verdict.NEW, Verdict.UNJUDGED).exitCode());
    for (Verdict verdict : Verdict.values()) {
      if (verdict.isUndecided()) {
        assertEquals(4, of(Verdict.PASS, verdict).exitCode(), verdict::toString);
      }
    }
    Comparison worse = of(Verdict.INCONCLUSIVE, Verdict.REGRESSED, Verdict.REGRESSED);
    assertEquals(3, worse.exitCode());
    assertEquals(2, worse.count(Verdict.REGRESSED));
    assertEquals(0, worse.count(Verdict.PASS));
  }

  @Test
  void aRemarkIsAddedAtTheEnd() {
    Comparison plain = of(Verdict.PASS);
    Comparison noted = plain.noting("one").noting("two");
    assertEquals(List.of("one", "two"), noted.notes());
    assertEquals(plain.rows(), noted.rows());
    assertEquals(List.of(), plain.notes());
    assertEquals(
        List.of("ONE", "TWO"), noted.worded(note -> note.toUpperCase(Locale.ROOT)).notes());
    assertEquals(plain.rows(), noted.worded(note -> note.toUpperCase(Locale.ROOT)).rows());
  }

  @Test
  void eachFormIsItsOwn() {
    Comparison comparison = of(Verdict.REGRESSED);
    String text = Format.TEXT.render(comparison, "old", "new", Ansi.OFF);
    assertTrue(text.startsWith("old → new\n"), text);
    assertTrue(text.endsWith("1 regressed\n"), text);
    assertTrue(
        Format.MARKDOWN.render(comparison, "old", "new", Ansi.OFF).contains("**regressed**"));
    String json = Format.JSON.render(comparison, "old", "new", Ansi.OFF);
    assertTrue(json.startsWith("{") && json.contains("\"old\""), json);
    String smaller = Format.ACTION_SMALLER.render(comparison, "old", "new", Ansi.OFF);
    assertTrue(smaller.contains("\"value\" : 250.0"), smaller);
    assertTrue(smaller.contains("\"range\" : \"+10.0% … +40.0%\""), smaller);
    String bigger = Format.ACTION_BIGGER.render(comparison, "old", "new", Ansi.OFF);
    assertFalse(bigger.contains("value"), bigger);
    assertEquals(
        List.of("text", "md", "json", "github-smaller", "github-bigger"),
        Stream.of(Format.values()).map(Format::toString).toList());
  }

  @Test
  void numbersAsWrittenByHand() {
    assertEquals("5", Numbers.plain(5));
    assertEquals("0.01", Numbers.plain(0.01));
    assertEquals("1000", Numbers.plain(1e3));
    assertEquals("-0.5", Numbers.plain(-0.50));
    assertEquals("+12.5", Numbers.signed(0.125));
    assertEquals("+250", Numbers.signed(2.5));
  }

  @Test
  void aRuleIsInItsPlace() {
    ComparisonRules rules = new ComparisonRules(0.02, 0.07, 0.9, 9, ForkSpread.stated(0.04));
    assertEquals(0.02, rules.alpha());
    assertEquals(0.07, rules.minEffect());
    assertEquals(0.9, rules.confidence());
    assertEquals(9, rules.seed());
    assertEquals(0.04, rules.forkSpread().stated());
  }
}
