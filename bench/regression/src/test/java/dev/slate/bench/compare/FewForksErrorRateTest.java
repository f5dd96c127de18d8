package dev.slate.bench.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slate.bench.results.BenchmarkMetric;
import dev.slate.bench.results.Direction;
import dev.slate.bench.results.Environment;
import dev.slate.bench.results.Results;
import dev.slate.bench.results.RowKey;
import dev.slate.bench.results.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Few forks that behave as real ones do: half of the rows have two speeds, 4 % apart, one for each
 * code layout; the machine drifts from row to row and between the sides; tails are those of
 * Student's t with three degrees of freedom.
 */
class FewForksErrorRateTest {
  private static final Environment SAME = new Environment("", "", "", "", List.of(), 0, 1);
  private static final BenchmarkMetric TIME =
      new BenchmarkMetric(BenchmarkMetric.PRIMARY, "ns/op", Direction.LOWER_IS_BETTER, false);
  private static final ComparisonRules RULES = ComparisonRules.DEFAULT;

  /** At most alpha of the files; the bound is what that chance exceeds once in a thousand tests. */
  @ParameterizedTest
  @CsvSource({
    "8, 1, 150, 6", "40, 1, 150, 6", "300, 1, 30, 3",
    "8, 2, 150, 6", "40, 2, 150, 6", "300, 2, 30, 3",
    "8, 3, 150, 6", "40, 3, 150, 6", "300, 3, 30, 3"
  })
  void equalCodeRarelyRaisesAnAlarm(int rows, int forks, int files, int most) {
    int alarms = alarms(rows, forks, files);
    assertTrue(alarms <= most, () -> alarms + " of " + files + " files");
  }

  @Tag("soak")
  @ParameterizedTest
  @CsvSource({"8, 1", "40, 1", "300, 1", "8, 2", "40, 2", "300, 2", "8, 3", "40, 3", "300, 3"})
  void equalCodeRarelyRaisesAnAlarmInManyFiles(int rows, int forks) {
    int files = 5000;
    int alarms = alarms(rows, forks, files);
    System.out.printf("%d rows, %d forks: %d of %d files%n", rows, forks, alarms, files);
    assertTrue(alarms <= RULES.alpha() * files, () -> alarms + " of " + files + " files");
  }

  /**
   * Ranks of ten forks know nothing of a machine that changed between the sides: where the two
   * speeds of a row add to that, they raise more alarms than alpha. The turns of the gate do not.
   */
  @Tag("soak")
  @Test
  void tenForksAreMisledByTheMachineNowAndThen() {
    int files = 2000;
    int alarms = alarms(8, 10, files);
    System.out.printf("8 rows, 10 forks: %d of %d files%n", alarms, files);
    assertTrue(alarms <= 0.06 * files, () -> alarms + " of " + files + " files");
  }

  @Test
  void aSlowdownOfTwentyPercentIsFoundWithThreeForks() {
    assertTrue(found(40, 3, 1.2, 60) >= 48);
  }

  @ParameterizedTest
  @CsvSource({"8", "40", "300"})
  void aDoublingIsFoundWithOneFork(int rows) {
    assertTrue(found(rows, 1, 2, 40) >= 38);
  }

  @Test
  void fivePercentIsNotSeenWithOneFork() {
    assertEquals(0, found(8, 1, 1.05, 100));
  }

  /** Ten forks are judged by ranks, as if there were no other test. */
  @Test
  void tenForksAreJudgedAsBefore() {
    Random random = new Random(1);
    for (int i = 0; i < 3; i++) {
      Results base = file(random, 40, 10, 1, 0);
      Results slower = file(random, 40, 10, 1.1, 3);
      assertEquals(
          Comparison.byRanks(base, slower, RULES).rows(),
          Comparison.of(base, slower, RULES).rows());
    }
  }

  private static int alarms(int rows, int forks, int files) {
    Random random = new Random(1000L * rows + forks);
    int alarms = 0;
    for (int i = 0; i < files; i++) {
      long seed = random.nextLong();
      Results base = file(new Random(seed), rows, forks, 1, 0);
      Results same = file(new Random(~seed), rows, forks, 1, 0);
      Comparison comparison = Comparison.of(base, same, RULES);
      if (comparison.count(Verdict.REGRESSED) + comparison.count(Verdict.IMPROVED) > 0) {
        alarms++;
      }
    }
    return alarms;
  }

  /** How many files show that their first row regressed. */
  private static int found(int rows, int forks, double slowdown, int files) {
    Random random = new Random(7);
    int found = 0;
    for (int i = 0; i < files; i++) {
      Results base = file(random, rows, forks, 1, 0);
      Results slower = file(random, rows, forks, slowdown, 1);
      if (Comparison.of(base, slower, RULES).rows().getFirst().verdict() == Verdict.REGRESSED) {
        found++;
      }
    }
    return found;
  }

  /** The first rows are slower. */
  private static Results file(Random random, int rows, int forks, double slowdown, int slower) {
    List<Series> series = new ArrayList<>();
    double drift = 0.01 * random.nextGaussian();
    for (int row = 0; row < rows; row++) {
      boolean bimodal = row % 2 == 0;
      List<double[]> all = new ArrayList<>();
      for (int fork = 0; fork < forks; fork++) {
        drift = 0.98 * drift + 0.002 * random.nextGaussian();
        double level = 100 * (1 + drift) * Math.exp(0.01 * student(random));
        level *= bimodal && random.nextBoolean() ? 1.04 : 1;
        level *= row < slower ? slowdown : 1;
        double[] iterations = new double[5];
        for (int i = 0; i < iterations.length; i++) {
          iterations[i] = level * (1 + 0.01 * random.nextGaussian());
        }
        all.add(iterations);
      }
      RowKey key = RowKey.run("org.example.Row%03d.m".formatted(row), "avgt", 1, Map.of());
      series.add(new Series(key.of(TIME), TIME, SAME, all));
    }
    return Results.of("file", series);
  }

  /** Student's t with three degrees of freedom. */
  private static double student(Random random) {
    double squares = 0;
    for (int i = 0; i < 3; i++) {
      double z = random.nextGaussian();
      squares += z * z;
    }
    return random.nextGaussian() / Math.sqrt(squares / 3);
  }
}
