package dev.slate.bench.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.apache.commons.statistics.inference.DataDispersion;
import org.apache.commons.statistics.inference.TTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChangePointsTest {
  private static final ChangePoints DEFAULT = new ChangePoints(50, 0.002, 0.02);

  /** The series and the answer of Apache Otava's own test. */
  @Test
  void findsWhatOtavaFinds() {
    double[] series = {
      1.02, 0.95, 0.99, 1.00, 1.12, 1.00, 1.01, 0.98, 1.01, 0.96,
      0.50, 0.51, 0.48, 0.48, 0.55, 0.50, 0.49, 0.51, 0.50, 0.49
    };
    List<ChangePoint> points = new ChangePoints(10, 0.0001, 0).of(series);
    assertEquals(List.of(10), points.stream().map(ChangePoint::index).toList());
    assertEquals(-0.5, points.getFirst().change(), 0.01);
  }

  @Test
  void findsEachOfSeveralChanges() {
    double[] series = levels(3, 100, 60, 110, 45, 95, 70, 140, 30);
    List<ChangePoint> points = DEFAULT.of(series);
    assertEquals(List.of(60, 105, 175), points.stream().map(ChangePoint::index).toList());
  }

  @Test
  void aQuietSeriesRarelyChanges() {
    int found = 0;
    for (int seed = 0; seed < 200; seed++) {
      found += DEFAULT.of(levels(seed, 100, 100)).size();
    }
    int alarms = found;
    assertTrue(alarms <= 4, () -> alarms + " in 200 series of 100");
  }

  /** Counted metrics have no spread, but their first change is only told from a flip by staying. */
  @Test
  void aStepWithoutNoiseIsFoundWhenItStays() {
    double[] series = new double[33];
    Arrays.fill(series, 24);
    Arrays.fill(series, 30, 33, 40);
    assertEquals(List.of(), indexes(Arrays.copyOf(series, 32)));
    assertEquals(List.of(30), indexes(series));
  }

  /** The largest of the means of noise moves by chance: the test knows of the search. */
  @ParameterizedTest
  @CsvSource({
    "gauss, 3", "gauss, 5", "gauss, 10", "gauss, 15", "gauss, 40",
    "digits, 3", "digits, 5", "digits, 10", "digits, 15", "digits, 40",
    "flip, 3", "flip, 5", "flip, 10", "flip, 15", "flip, 40"
  })
  void aSeriesThatDoesNotChangeHasNoChange(String kind, int length) {
    int series = 500;
    int alarms = alarms(kind, length, series);
    assertTrue(alarms <= series / 100, () -> alarms + " of " + series);
  }

  @Tag("soak")
  @ParameterizedTest
  @ValueSource(strings = {"gauss", "digits", "flip"})
  void aSeriesThatDoesNotChangeHasNoChangeAtAnyLength(String kind) {
    for (int length = 3; length <= 40; length++) {
      int alarms = alarms(kind, length, 2000);
      System.out.printf("%s, %d values: %d of 2000%n", kind, length, alarms);
      assertTrue(alarms <= 20, alarms + " of 2000 series of " + length);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {1.1, 0.9})
  void aStepOfTenPercentIsFoundWithinEightValues(double step) {
    Random random = new Random(7);
    int series = 300;
    int found = 0;
    for (int i = 0; i < series; i++) {
      double[] values = new double[18];
      for (int j = 0; j < values.length; j++) {
        values[j] = 100 * (1 + 0.03 * random.nextGaussian()) * (j < 10 ? 1 : step);
      }
      for (int after = 1; after <= 8; after++) {
        if (!DEFAULT.of(Arrays.copyOf(values, 10 + after)).isEmpty()) {
          found++;
          break;
        }
      }
    }
    int seen = found;
    assertTrue(seen >= 0.9 * series, () -> seen + " of " + series);
  }

  private static int alarms(String kind, int length, int series) {
    Random random = new Random(53);
    int alarms = 0;
    for (int i = 0; i < series; i++) {
      double[] values = new double[length];
      for (int j = 0; j < length; j++) {
        values[j] =
            switch (kind) {
              case "gauss" -> 100 * (1 + 0.03 * random.nextGaussian());
              case "digits" -> Math.rint(100 * (1 + 0.01 * random.nextGaussian()));
              default -> random.nextDouble() < 0.7 ? 24 : 40;
            };
      }
      alarms += DEFAULT.of(values).isEmpty() ? 0 : 1;
    }
    return alarms;
  }

  private static List<Integer> indexes(double[] series) {
    return DEFAULT.of(series).stream().map(ChangePoint::index).toList();
  }

  @Test
  void constantAndShortSeriesHaveNone() {
    assertEquals(List.of(), DEFAULT.of(new double[] {7, 7, 7, 7}));
    assertEquals(List.of(), DEFAULT.of(new double[] {7}));
    assertEquals(List.of(), DEFAULT.of(new double[0]));
    assertEquals(List.of(), DEFAULT.of(new double[] {1, 2}));
  }

  @Test
  void aChangeBelowTheFloorIsNotTold() {
    double[] series = levels(1, 100, 40, 103, 40);
    assertEquals(1, DEFAULT.of(series).size());
    assertEquals(0, new ChangePoints(50, 0.001, 0.05).of(series).size());
  }

  /** Pairs one by one, as the paper writes the sum. */
  @Property(tries = 200)
  void theDivergenceIsThatOfThePaper(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 7) int m,
      @ForAll @IntRange(min = 1, max = 7) int n) {
    double[] values = new SplittableRandom(seed).doubles(m + n + 3).toArray();
    double[] x = Arrays.copyOfRange(values, 2, 2 + m);
    double[] y = Arrays.copyOfRange(values, 2 + m, 2 + m + n);
    double between = 0;
    for (double a : x) {
      for (double b : y) {
        between += Math.abs(a - b);
      }
    }
    double expected = (double) m * n / (m + n) * (2 * between / (m * n) - mean(x) - mean(y));
    assertEquals(expected, new Divergence(values).of(2, 2 + m, 2 + m + n), 1e-9);
  }

  @Property(tries = 100)
  void theTestIsThatOfTheLibrary(@ForAll long seed, @ForAll @IntRange(min = 2, max = 9) int n) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] a = random.doubles(n).toArray();
    double[] b = random.doubles(5).map(x -> x + 0.3).toArray();
    double expected =
        TTest.withDefaults().with(DataDispersion.HOMOSCEDASTIC).test(a, b).getPValue();
    assertEquals(expected, ChangePoints.studentP(a, b), 1e-9);
  }

  private static double mean(double[] values) {
    double sum = 0;
    for (double a : values) {
      for (double b : values) {
        sum += Math.abs(a - b) / 2;
      }
    }
    int n = values.length;
    return n < 2 ? 0 : 2 * sum / (n * (n - 1.0));
  }

  /** Levels, each followed by how long it lasts, with one percent of noise. */
  private static double[] levels(long seed, int... levelsAndLengths) {
    SplittableRandom random = new SplittableRandom(seed);
    DoubleStream all = DoubleStream.empty();
    for (int i = 0; i < levelsAndLengths.length; i += 2) {
      int level = levelsAndLengths[i];
      all =
          DoubleStream.concat(
              all,
              DoubleStream.generate(() -> level * (1 + 0.01 * random.nextGaussian()))
                  .limit(levelsAndLengths[i + 1]));
    }
    return all.toArray();
  }
}
