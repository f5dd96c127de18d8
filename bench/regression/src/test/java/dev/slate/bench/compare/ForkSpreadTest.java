package dev.slate.bench.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slate.bench.commits.Entry;
import dev.slate.bench.results.BenchmarkMetric;
import dev.slate.bench.results.Direction;
import dev.slate.bench.results.RowKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForkSpreadTest {
  private static final ForkSpread STATED = ForkSpread.stated(0.03);
  private static final RowKey KEY = key("ns/op");

  private static RowKey key(String unit) {
    return RowKey.run("a.B.c", "avgt", 1, Map.of()).of(metric(unit));
  }

  private static BenchmarkMetric metric(String unit) {
    return new BenchmarkMetric(BenchmarkMetric.PRIMARY, unit, Direction.LOWER_IS_BETTER, false);
  }

  private static List<Entry> history(int results, int forks, IntToDoubleFunction median) {
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < results; i++) {
      entries.add(entry(i, "main", KEY, median.applyAsDouble(i), forks));
    }
    return entries;
  }

  private static Entry entry(int i, String branch, RowKey key, double median, int forks) {
    Entry.Value value = new Entry.Value(metric(key.unit()), median, forks);
    return new Entry(
        "c" + i, Instant.EPOCH.plusSeconds(i), branch, new TreeMap<>(Map.of(key, value)));
  }

  /** Medians of f forks vary by a root of f less; the estimate is of single forks. */
  @ParameterizedTest
  @CsvSource({"0.02, 1", "0.05, 1", "0.05, 4", "0.2, 1"})
  void theSpreadOfSingleForksIsFound(double spread, int forks) {
    Random random = new Random(1);
    double each = spread / Math.sqrt(forks);
    ForkSpread seen = STATED.with(history(400, forks, i -> Math.exp(each * random.nextGaussian())));
    assertEquals(spread, seen.of(KEY), 0.1 * spread);
    assertTrue(seen.isSeen(key("ms/op")));
  }

  /** Two speeds of equal code are spread; a change of the code is none. */
  @Test
  void modesCountAndChangesDoNot() {
    Random random = new Random(2);
    ForkSpread modes = STATED.with(history(40, 1, i -> random.nextBoolean() ? 100 : 110));
    assertTrue(modes.of(KEY) > 0.05, modes::toString);
    ForkSpread step =
        STATED.with(history(40, 1, i -> (i < 20 ? 100 : 200) * (1 + 0.02 * random.nextGaussian())));
    assertTrue(step.of(KEY) < 0.03, step::toString);
  }

  @Test
  void fewResultsAreNotEnoughAndQuietOnesNotTrusted() {
    assertFalse(STATED.with(history(9, 1, i -> 100 + i)).isSeen(KEY));
    assertEquals(0.03, STATED.with(history(9, 1, i -> 100 + i)).of(KEY));
    assertEquals(0.01, STATED.with(history(10, 1, i -> 100)).of(KEY), 1e-12);
    assertFalse(STATED.with(history(20, 1, i -> 0)).isSeen(KEY));
    assertEquals(Map.of(), STATED.seen());
    assertEquals(0.03, STATED.stated());
    assertThrows(IllegalArgumentException.class, () -> ForkSpread.stated(1));
  }

  /** Results of two branches, or in two units, are no neighbours. */
  @Test
  void onlyResultsOfOneBranchAndUnitAreNeighbours() {
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      boolean other = i % 2 == 0;
      entries.add(entry(i, other ? "a" : "b", KEY, other ? 100 : 300, 1));
      entries.add(entry(i, "a", key("ms/op"), 1e-4, 1));
    }
    assertEquals(0.01, STATED.with(entries).of(KEY), 1e-12);
  }

  /** With the spread that ten results show, equal code of one fork a side raises no alarm. */
  @Test
  void aShortHistoryRaisesNoAlarms() {
    Random random = new Random(3);
    int alarms = 0;
    for (int file = 0; file < 1000; file++) {
      ForkSpread seen = STATED.with(history(10, 1, i -> fork(random)));
      ComparisonRules rules = new ComparisonRules(0.01, 0.05, 0.95, 1, seen);
      double[] one = {fork(random)};
      double[] other = {fork(random)};
      FewForks evidence =
          FewForks.of(
              Forks.series(KEY, one), Forks.series(KEY, other), ForkVariance.stated(0.03), rules);
      double change = Math.abs(evidence.interval().change());
      alarms += evidence.p() < rules.alpha() && change > rules.minEffect() ? 1 : 0;
    }
    int seen = alarms;
    assertTrue(alarms <= 20, () -> seen + " of 1000");
  }

  /** Two speeds 4 % apart, and noise with heavy tails. */
  private static double fork(Random random) {
    double squares = 0;
    for (int i = 0; i < 3; i++) {
      double z = random.nextGaussian();
      squares += z * z;
    }
    double tail = random.nextGaussian() / Math.sqrt(squares / 3);
    return 100 * Math.exp(0.01 * tail) * (random.nextBoolean() ? 1.04 : 1);
  }
}
