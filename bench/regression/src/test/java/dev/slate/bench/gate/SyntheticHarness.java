package dev.slate.bench.gate;

import dev.slate.bench.results.BenchmarkMetric;
import dev.slate.bench.results.Direction;
import dev.slate.bench.results.Environment;
import dev.slate.bench.results.Results;
import dev.slate.bench.results.RowKey;
import dev.slate.bench.results.Series;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A machine on paper: forks of two modes, four percent apart unless set, on a clock of its own,
 * which drifts and has slow spells. Benchmarks are named; a candidate may be slower, or allocate.
 */
final class SyntheticHarness implements Harness {
  private static final BenchmarkMetric TIME =
      new BenchmarkMetric(BenchmarkMetric.PRIMARY, "us/op", Direction.LOWER_IS_BETTER, false);
  private static final BenchmarkMetric BYTES =
      new BenchmarkMetric("gc.alloc.rate.norm", "B/op", Direction.LOWER_IS_BETTER, true);
  private static final int ITERATIONS = 5;

  /** One comes and goes within two minutes. */
  private static final double SPELLS_AN_HOUR = 30 * 2 * Math.PI;

  final Map<String, Double> slowdown = new HashMap<>();
  final Map<String, Double> bytes = new HashMap<>();
  final Map<String, Double> noise = new HashMap<>();
  final Map<Arm, List<String>> flags = new HashMap<>();
  final Map<String, Integer> forks = new TreeMap<>();
  double driftAnHour;
  double spells;
  double slowMode = 1.04;
  double controlShift = 1;
  Duration forkTime = Duration.ofSeconds(2);
  int stopAfter = Integer.MAX_VALUE;
  @Nullable String failing;

  private final List<String> benchmarks;
  private final SplittableRandom random;
  private long nanos;
  private int run;

  SyntheticHarness(long seed, String... benchmarks) {
    this.benchmarks = List.of(benchmarks);
    this.random = new SplittableRandom(seed);
  }

  long nanos() {
    return nanos;
  }

  @Override
  public Results dryRun(Arm arm) {
    nanos += Duration.ofMillis(600).toNanos() * benchmarks.size();
    List<Series> rows = new ArrayList<>();
    benchmarks.forEach(name -> rows.addAll(rows(arm, name)));
    return Results.of(arm.name(), rows);
  }

  @Override
  public Map<Arm, Results> turn(
      List<Arm> order, Unit unit, @Nullable Iterations iterations, Duration limit) {
    long end = nanos + limit.toNanos();
    Map<Arm, Results> results = new EnumMap<>(Arm.class);
    for (Arm arm : order) {
      results.put(arm, fork(arm, unit, Duration.ofNanos(end - nanos)));
    }
    return results;
  }

  private Results fork(Arm arm, Unit unit, Duration limit) {
    if (++run > stopAfter) {
      throw new Stopped(true);
    }
    if (forkTime.compareTo(limit) > 0) {
      nanos += limit.toNanos();
      throw new Stopped(false);
    }
    nanos += forkTime.toNanos();
    String name = unit.benchmark();
    forks.merge(name, 1, Integer::sum);
    if (name.equals(failing) && arm == Arm.CANDIDATE) {
      return Results.of(arm.name(), List.of());
    }
    return Results.of(arm.name(), rows(arm, name));
  }

  private List<Series> rows(Arm arm, String name) {
    double hours = nanos / 3.6e12;
    double mode = random.nextBoolean() ? 1 : slowMode;
    double level =
        100
            * mode
            * (1 + driftAnHour * hours)
            * (1 + spells * Math.sin(hours * SPELLS_AN_HOUR))
            * Math.exp(noise.getOrDefault(name, 0.003) * random.nextGaussian());
    if (arm == Arm.CANDIDATE) {
      level *= slowdown.getOrDefault(name, 1.0);
    } else if (arm == Arm.CONTROL) {
      level *= controlShift;
    }
    double[] scores = new double[ITERATIONS];
    double[] allocated = new double[ITERATIONS];
    for (int i = 0; i < ITERATIONS; i++) {
      scores[i] = level * (1 + 0.01 * (random.nextDouble() - 0.5));
      allocated[i] =
          (arm == Arm.CANDIDATE ? bytes.getOrDefault(name, 0.0) : 0) + 0.001 * random.nextDouble();
    }
    Environment environment =
        new Environment("1.37", "25", "VM", "25", flags.getOrDefault(arm, List.of()), 0, 1);
    RowKey key = RowKey.run(name, "avgt", 1, Map.of());
    return List.of(
        new Series(key.of(TIME), TIME, environment, List.of(scores)),
        new Series(key.of(BYTES), BYTES, environment, List.of(allocated)));
  }
}
