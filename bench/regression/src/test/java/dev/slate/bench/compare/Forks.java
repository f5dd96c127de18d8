package dev.slate.bench.compare;

import dev.slate.bench.results.BenchmarkMetric;
import dev.slate.bench.results.Direction;
import dev.slate.bench.results.Environment;
import dev.slate.bench.results.Results;
import dev.slate.bench.results.RowKey;
import dev.slate.bench.results.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Synthetic forks as machines produce them: each JVM falls into one of two modes (code alignment)
 * four percent apart, the machine drifts while both sides run in turns, and the iterations of a
 * fork spread by up to two and a half percent.
 */
final class Forks {
  static final Environment ENVIRONMENT =
      new Environment("1.37", "25", "OpenJDK 64-Bit Server VM", "25+36", List.of(), 0, 1);

  private static final double MODES_APART = 0.04;
  private static final double WITHIN_FORK = 0.025;
  private static final double DRIFT = 0.03;
  private static final int ITERATIONS = 5;

  private final SplittableRandom random;

  Forks(long seed) {
    random = new SplittableRandom(seed);
  }

  /** Two sides of one row, run in turns; slowdown 1.1 is ten percent. */
  List<Series> pair(RowKey key, int forks, double slowdown) {
    double share = random.nextDouble();
    double drift = DRIFT * (2 * random.nextDouble() - 1);
    double[][] base = new double[forks][];
    double[][] candidate = new double[forks][];
    for (int i = 0; i < forks; i++) {
      base[i] = fork(100 * (1 + drift * i / forks), share);
      candidate[i] = fork(100 * slowdown * (1 + drift * (i + 0.5) / forks), share);
    }
    return List.of(series(key, base), series(key, candidate));
  }

  private double[] fork(double center, double share) {
    double mode = random.nextDouble() < share ? center : center * (1 + MODES_APART);
    double[] iterations = new double[ITERATIONS];
    for (int i = 0; i < ITERATIONS; i++) {
      iterations[i] = mode * (1 + WITHIN_FORK * (random.nextDouble() - 0.5));
    }
    return iterations;
  }

  static Series series(RowKey key, double[]... forks) {
    BenchmarkMetric metric = metric("ns/op");
    return new Series(key, metric, ENVIRONMENT, List.of(forks));
  }

  static BenchmarkMetric metric(String unit) {
    return new BenchmarkMetric(BenchmarkMetric.PRIMARY, unit, Direction.LOWER_IS_BETTER, false);
  }

  static RowKey key(String benchmark) {
    return RowKey.run(benchmark, "avgt", 1, Map.of()).of(metric("ns/op"));
  }

  static Comparison compare(List<List<Series>> pairs, ComparisonRules rules) {
    List<Series> base = new ArrayList<>();
    List<Series> candidate = new ArrayList<>();
    for (List<Series> pair : pairs) {
      base.add(pair.get(0));
      candidate.add(pair.get(1));
    }
    return Comparison.of(Results.of("base", base), Results.of("new", candidate), rules);
  }
}
