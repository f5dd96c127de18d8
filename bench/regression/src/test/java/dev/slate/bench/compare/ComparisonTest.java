package dev.slate.bench.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slate.bench.results.JmhReader;
import dev.slate.bench.results.Results;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ComparisonTest {

  @Test
  void slowerIsRegressedAndFasterIsImproved() {
    assertEquals(Verdict.REGRESSED, verdict(run("avgt", "ns/op", 100), run("avgt", "ns/op", 120)));
    assertEquals(Verdict.IMPROVED, verdict(run("avgt", "ns/op", 120), run("avgt", "ns/op", 100)));
    assertEquals(Verdict.PASS, verdict(run("avgt", "ns/op", 100), run("avgt", "ns/op", 102)));
  }

  @Test
  void throughputIsBetterHigher() {
    assertEquals(Verdict.IMPROVED, verdict(run("thrpt", "ops/s", 100), run("thrpt", "ops/s", 120)));
    assertEquals(
        Verdict.REGRESSED, verdict(run("thrpt", "ops/s", 120), run("thrpt", "ops/s", 100)));
  }

  @Test
  void significantButUnderTheFloorIsNoRegression() {
    Comparison comparison = compare(run("avgt", "ns/op", 100), run("avgt", "ns/op", 103));
    ComparisonRow row = comparison.rows().getFirst();
    assertTrue(row.adjustedP() < 0.01, row::toString);
    assertEquals(Verdict.PASS, row.verdict());
    assertEquals(0, comparison.exitCode());
  }

  /** No difference that could be seen differs from none that could have been. */
  @Test
  void aWideIntervalIsInconclusiveAndSaysHowManyForksWouldTell() {
    String noisy = forks("avgt", "ns/op", 80, 120, 90, 110, 100, 95, 105);
    ComparisonRow row = compare(noisy, noisy).rows().getFirst();
    assertEquals(Verdict.INCONCLUSIVE, row.verdict());
    assertTrue(
        row.reason()
            .matches("a slowdown of [0-9.]+% cannot be excluded; about [0-9]+ forks would tell"),
        row::reason);
    assertTrue(row.forksNeeded() > 7 && row.detectable() > 0.05, row::toString);
  }

  @Test
  void aRowOfOneSideIsMissingOrNew() {
    String both =
        run("avgt", "ns/op", 100) + "," + run("avgt", "ns/op", 100).replace("a.B.c", "a.B.d");
    assertEquals(1, compare(both, run("avgt", "ns/op", 100)).count(Verdict.MISSING));
    assertEquals(4, compare(both, run("avgt", "ns/op", 100)).exitCode());
    assertEquals(1, compare(run("avgt", "ns/op", 100), both).count(Verdict.NEW));
    assertEquals(0, compare(run("avgt", "ns/op", 100), both).exitCode());
  }

  @Test
  void anotherJvmOrOtherFlagsAreIncomparable() {
    String base = run("avgt", "ns/op", 100);
    ComparisonRow row = compare(base, base.replace("\"-Xmx1g\"", "\"-Xmx2g\"")).rows().getFirst();
    assertEquals(Verdict.INCOMPARABLE, row.verdict());
    assertEquals("JVM flags: -Xmx1g against -Xmx2g", row.reason());
    Comparison jdk = compare(base, base.replace("\"25\"", "\"26\""));
    assertEquals("JDK: 25 against 26", jdk.rows().getFirst().reason());
    assertEquals(4, jdk.exitCode());
    assertEquals(
        Verdict.PASS,
        Comparison.of(
                results(base),
                results(base.replace("\"25\"", "\"26\"")),
                ComparisonRules.DEFAULT,
                true)
            .rows()
            .getFirst()
            .verdict());
  }

  @Test
  void anotherJmhIsOnlyNoted() {
    String base = run("avgt", "ns/op", 100);
    Comparison comparison = compare(base, base.replace("1.37", "1.21"));
    assertEquals("[JMH: 1.37 against 1.21]", comparison.notes().toString());
    assertEquals(0, comparison.exitCode());
  }

  @Test
  void aSideWithoutANumberIsIncomparable() {
    ComparisonRow row =
        compare(run("avgt", "ns/op", 100), forks("avgt", "ns/op", Double.NaN)).rows().getFirst();
    assertEquals(Verdict.INCOMPARABLE, row.verdict());
    assertEquals("the candidate has no finite score", row.reason());
  }

  @Test
  void theSideWithoutANumberIsNamed() {
    String none = forks("avgt", "ns/op", Double.NaN);
    ComparisonRow row = compare(none, run("avgt", "ns/op", 100)).rows().getFirst();
    assertEquals("the baseline has no finite score", row.reason());
    assertTrue(Double.isNaN(row.base()), row::toString);
    assertEquals(100.225, row.candidate(), 1e-9);
  }

  /** A row of one side has its number on that side alone. */
  @Test
  void theMedianOfARowOfOneSideStandsOnItsSide() {
    String some = run("avgt", "ns/op", 100);
    String both = some + "," + some.replace("a.B.c", "a.B.d");
    ComparisonRow missing = compare(both, some).rows().getLast();
    assertEquals(100.225, missing.base(), 1e-9);
    assertTrue(Double.isNaN(missing.candidate()), missing::toString);
    ComparisonRow added = compare(some, both).rows().getLast();
    assertTrue(Double.isNaN(added.base()), added::toString);
    assertEquals(100.225, added.candidate(), 1e-9);
  }

  /** There is no share of nothing, unless one side has nothing in each of its forks. */
  @Test
  void aScoreThatIsNotAboveZeroIsIncomparable() {
    String some = forks("avgt", "ns/op", 3, 4, 5, 4, 3, 4);
    String none = forks("avgt", "ns/op", 0, 0, 0, 0, 0, 0);
    String mixed = forks("avgt", "ns/op", 0, 4, 5, 4, 3, 4);
    String below = forks("avgt", "ns/op", -1, 4, 5, 4, 3, 4);
    String reason = "a score is not above 0, so there is no relative change";
    for (String bad : List.of(mixed, below)) {
      for (String other : List.of(some, none, bad)) {
        assertEquals(reason, compare(bad, other).rows().getFirst().reason(), bad + other);
        assertEquals(reason, compare(other, bad).rows().getFirst().reason(), other + bad);
      }
    }
    assertEquals(Verdict.PASS, verdict(none, none));
    ComparisonRow toNothing = compare(some, none).rows().getFirst();
    assertEquals(-1, toNothing.change());
    assertEquals(Verdict.IMPROVED, toNothing.verdict());
    assertEquals(Double.POSITIVE_INFINITY, compare(none, some).rows().getFirst().change());
  }

  /** What few forks mean is said once: of one fork a side, of few, and whether a history helped. */
  @Test
  void fewForksAreNoted() {
    String one = forks("avgt", "ns/op", 100);
    String three = forks("avgt", "ns/op", 100, 101, 102);
    String advice = "; -f 10, an option of JMH, shows small ones";
    assertEquals(
        List.of("one fork a side shows only changes larger than forks differ by" + advice),
        compare(one, one).notes());
    String few = "few forks a side show only large changes" + advice;
    assertEquals(List.of(few), compare(three, three).notes());
    assertEquals(List.of(), compare(run("avgt", "ns/op", 100), run("avgt", "ns/op", 100)).notes());
    Results two = results(three + "," + three.replace("a.B.c", "a.B.d"));
    ForkSpread seen = new ForkSpread(0.03, Map.of(two.rows().firstKey().withoutUnit(), 0.02));
    ComparisonRules rules = new ComparisonRules(0.01, 0.05, 0.95, 1, seen);
    assertEquals(
        List.of(few + "; how far forks differ is that of the history for 1 of 2"),
        Comparison.of(two, two, rules).notes());
  }

  /** Ranks as soon as they can reach the level of the family, which shrinks with its rows. */
  @Test
  void moreRowsNeedMoreForks() {
    String five = forks("avgt", "ns/op", 100, 100.1, 100.2, 100.3, 100.4);
    assertEquals(List.of(), compare(five, five).notes(), "0.0079 is below 0.01");
    String two = five + "," + five.replace("a.B.c", "a.B.d");
    assertEquals(1, compare(two, two).notes().size(), "but not below 0.005");
  }

  @Test
  void directionsThatAreNotKnownAreNamed() {
    String run =
        """
        {"benchmark": "a.B.c", "mode": "avgt", "threads": 1,
         "primaryMetric": {"scoreUnit": "us/op", "rawData": [[1, 1]]},
         "secondaryMetrics": {"dropped": {"scoreUnit": "us/op", "rawData": [[5, 5]]}%s}}""";
    String more = ", \"lost\": {\"scoreUnit\": \"us/op\", \"rawData\": [[5, 5]]}";
    String rest = " not judged: which way is better is not known";
    String one = run.formatted("");
    assertTrue(
        compare(one, one).notes().contains("dropped is" + rest), compare(one, one)::toString);
    String two = run.formatted(more);
    assertTrue(
        compare(two, two).notes().contains("dropped, lost are" + rest),
        compare(two, two)::toString);
  }

  /** What is shown beside stands where it belongs. */
  @Test
  void shownRowsAreInOrder() {
    String early =
        """
        {"benchmark": "a.A.a", "mode": "thrpt", "threads": 1,
         "primaryMetric": {"scoreUnit": "ops/s", "rawData": [[1, 1]]},
         "secondaryMetrics": {"dropped": {"scoreUnit": "#", "rawData": [[5, 5]]}}}""";
    Comparison judged = compare(run("avgt", "ns/op", 100), run("avgt", "ns/op", 100));
    Comparison shown = judged.showing(results(early), results(early));
    assertEquals(
        List.of("a.A.a", "a.B.c"), shown.rows().stream().map(r -> r.key().benchmark()).toList());
  }

  @Test
  void aUnitOfTimeThatChangedIsConverted() {
    Comparison comparison = compare(run("avgt", "us/op", 100), run("avgt", "ns/op", 120_000));
    ComparisonRow row = comparison.rows().getFirst();
    assertEquals(Verdict.REGRESSED, row.verdict());
    assertEquals(0.2, row.change(), 0.001);
    assertEquals("us/op", row.key().unit());
    assertEquals(1, comparison.rows().size());
  }

  /** One row that ran under two JVMs keeps to itself. */
  @Test
  void aConflictConcernsItsRowAlone() {
    String base = run("avgt", "ns/op", 100);
    String twice = base + "," + base.replace("\"25\"", "\"26\"");
    String other = base.replace("a.B.c", "a.B.d");
    Comparison comparison = compare(twice + "," + other, twice + "," + other);
    assertEquals(1, comparison.count(Verdict.INCOMPARABLE));
    assertEquals(1, comparison.count(Verdict.PASS));
    assertTrue(comparison.rows().getFirst().reason().startsWith("base.json holds it twice, JDK"));
  }

  /** The same code in a larger family needs a smaller p. */
  @Test
  void theFamilyIsCorrectedTogether() {
    String base =
        IntStream.range(0, 4)
            .mapToObj(i -> run("avgt", "ns/op", 100).replace("a.B.c", "a.B.m" + i))
            .collect(Collectors.joining(","));
    Comparison comparison = compare(base, base.replace("100.", "125."));
    for (ComparisonRow row : comparison.rows()) {
      assertEquals(4 * row.p(), row.adjustedP(), 1e-12);
    }
  }

  private static Verdict verdict(String base, String candidate) {
    return compare(base, candidate).rows().getFirst().verdict();
  }

  private static Comparison compare(String base, String candidate) {
    return Comparison.of(
        results(base, "base.json"), results(candidate, "new.json"), ComparisonRules.DEFAULT);
  }

  private static Results results(String runs) {
    return results(runs, "x.json");
  }

  private static Results results(String runs, String source) {
    return JmhReader.parse(source, ("[" + runs + "]").getBytes(StandardCharsets.UTF_8));
  }

  /** Ten forks within half a percent of a centre. */
  private static String run(String mode, String unit, double centre) {
    return forks(
        mode,
        unit,
        IntStream.range(0, 10).mapToDouble(i -> centre + centre * 0.0005 * i).toArray());
  }

  private static String forks(String mode, String unit, double... medians) {
    String raw =
        Arrays.stream(medians)
            .mapToObj(score -> Double.isNaN(score) ? "[\"NaN\"]" : "[" + score + "]")
            .collect(Collectors.joining(",", "[", "]"));
    return """
        {"jmhVersion": "1.37", "benchmark": "a.B.c", "mode": "%s", "threads": 1,
         "jvmArgs": ["-Xmx1g"], "jdkVersion": "25", "vmName": "VM", "vmVersion": "25+1",
         "primaryMetric": {"score": 1.0, "scoreUnit": "%s", "rawData": %s}}"""
        .formatted(mode, unit, raw);
  }

  /** Rows of no known direction are added to those that were judged, and decide nothing. */
  @Test
  void rowsOfNoDirectionCanBeShownBeside() {
    String run =
        """
        {"benchmark": "a.B.c", "mode": "thrpt", "threads": 1,
         "primaryMetric": {"scoreUnit": "ops/s", "rawData": [[1, 1]]},
         "secondaryMetrics": {"dropped": {"scoreUnit": "#", "rawData": [[%s, 5]]}}}""";
    Results base = results(run.formatted("5"));
    Comparison judged = compare(run("avgt", "ns/op", 100), run("avgt", "ns/op", 100));
    Comparison shown = judged.showing(base, results(run.formatted("50")));
    assertEquals(1, shown.count(Verdict.UNJUDGED));
    assertEquals(judged.rows().size() + 1, shown.rows().size());
    assertEquals(judged.exitCode(), shown.exitCode());
    assertTrue(shown.notes().toString().contains("dropped is not judged"), shown::toString);
    assertFalse(shown.notes().toString().contains("--better"), shown::toString);
    assertTrue(
        new Selection().advised(shown).notes().toString().contains("--better"), shown::toString);
    assertEquals(judged, new Selection().advised(judged));
    assertEquals(judged, judged.showing(base, results(run("avgt", "ns/op", 100))));
  }
}
