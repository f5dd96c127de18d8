package dev.slate.bench.gate;

import dev.slate.bench.results.Results;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Runs forks in turns, and learns what they cost. For one thread. */
final class Runner {
  private final Harness harness;
  private final UnaryOperator<Results> chosen;
  private final Clock clock;
  private final GateProgress progress;
  private final Turns turns;
  private final Map<Unit, Duration> spent = new HashMap<>();
  private final Map<Unit, Integer> count = new HashMap<>();
  private final Map<Unit, Arm> failed = new HashMap<>();
  private Function<Unit, @Nullable Iterations> iterations = unit -> null;

  Runner(
      Harness harness,
      UnaryOperator<Results> chosen,
      Clock clock,
      GateProgress progress,
      long seed) {
    this.harness = harness;
    this.chosen = chosen;
    this.clock = clock;
    this.progress = progress;
    this.turns = new Turns(seed);
  }

  /**
   * Sets the iterations of a fork.
   *
   * @param ofUnit those of each unit; null for what the benchmark itself says
   */
  void iterate(Function<Unit, @Nullable Iterations> ofUnit) {
    iterations = ofUnit;
  }

  /**
   * Runs each benchmark of an arm once.
   *
   * @param arm whose code
   * @return the chosen rows
   */
  Results dryRun(Arm arm) {
    return chosen.apply(harness.dryRun(arm));
  }

  /**
   * Runs one fork of a unit on each of some arms, in balanced order. A unit that failed is left
   * out.
   *
   * @param unit what to run
   * @param arms whose code
   * @param samples where the rows go
   * @throws Stopped if the user or the budget ended it
   */
  void turn(Unit unit, List<Arm> arms, Samples samples) {
    if (failed.containsKey(unit)) {
      return;
    }
    if (clock.left().isZero()) {
      throw new Stopped(false);
    }
    progress.turn(unit, arms.size(), clock.left());
    Duration before = clock.elapsed();
    Map<Arm, Results> forks =
        harness.turn(turns.next(arms), unit, iterations.apply(unit), clock.left());
    forks.replaceAll((arm, fork) -> chosen.apply(fork));
    spent.merge(unit, clock.elapsed().minus(before), Duration::plus);
    count.merge(unit, forks.size(), Integer::sum);
    forks.forEach(
        (arm, fork) -> {
          if (fork.rows().isEmpty()) {
            failed.putIfAbsent(unit, arm);
          }
        });
    samples.add(forks);
  }

  /**
   * The time that a fork of a unit adds to a turn.
   *
   * @param unit which
   * @return the mean so far; zero before its first
   */
  Duration cost(Unit unit) {
    return spent.getOrDefault(unit, Duration.ZERO).dividedBy(count.getOrDefault(unit, 1));
  }

  /**
   * The arm that a unit failed on.
   *
   * @param unit which
   * @return an arm, or null
   */
  @Nullable Arm failure(Unit unit) {
    return failed.get(unit);
  }
}
