package dev.slate.bench.gate;

import dev.slate.bench.compare.ComparisonRules;
import dev.slate.bench.compare.SignedRank;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The plan of how to spend the budget.
 *
 * <p>Forks tell more than long iterations, since the spread between forks limits a comparison
 * (Kalibera and Jones, "Rigorous benchmarking in reasonable time", 2013). So the first round has as
 * many forks as the test needs after correction; the length of an iteration is chosen, within
 * bounds, such that the round and the confirmation of one suspect fit into a share of the budget.
 * The control takes part in every second turn.
 *
 * <p>The best length of a fork depends on the share of the spread that is within forks, which is
 * unknown beforehand. Where the budget allows, a fork measures for as long as it took to get ready:
 * then no other length could have got the same precision in less than half the time.
 *
 * @param turns of the first round, in each of which every unit runs once on each side
 * @param iterations as many as the benchmark says, of the length that fits; null for the length
 *     that it says, too
 * @param expected the time that the first round and the confirmation of one suspect take, about
 */
record GatePlan(int turns, @Nullable Iterations iterations, Duration expected) {
  private static final double PLANNED_SHARE = 0.75;
  private static final double FORKS_A_TURN = 2.5;
  private static final int COUNTED_TURNS = 2;
  private static final int SPARE_FORKS = 2;
  private static final long SHORTEST_MILLIS = 100;
  private static final long LONGEST_MILLIS = 500;
  private static final long ANNOTATED_MILLIS = 1000;

  /** Time that a fork takes besides its iterations: the start of two JVMs and the set-up. */
  private static final Duration LEAST_OVERHEAD = Duration.ofMillis(500);

  /**
   * Makes a plan.
   *
   * @param dryRun what there is to measure
   * @param rules of the comparison
   * @param asked for the length of an iteration
   * @param dryRunTime the time that the dry run of one unit took
   * @param budget for everything
   * @return the plan
   */
  static GatePlan of(
      DryRun dryRun,
      ComparisonRules rules,
      IterationTime asked,
      Duration dryRunTime,
      Duration budget) {
    int units = Math.max(1, dryRun.units().size());
    boolean timed = dryRun.family() > 0;
    int turns = timed ? even(SignedRank.forksFor(rules.alpha() / dryRun.family())) : COUNTED_TURNS;
    double forks =
        timed ? turns * units * FORKS_A_TURN + 2 * confirmationForks(rules, 1) : turns * units * 2;
    long overhead = Math.max(dryRunTime.toMillis(), LEAST_OVERHEAD.toMillis());
    double room = budget.toMillis() * PLANNED_SHARE / forks - overhead;
    long worth = timed ? overhead : 0;
    Iterations iterations =
        asked.fixed() != null
            ? Iterations.of(asked.fixed())
            : asked.annotated() ? null : fitting(room, worth, dryRun.iterations());
    double iterating =
        dryRun.iterations()
            * (iterations == null
                ? 2 * ANNOTATED_MILLIS
                : iterations.warmup().toMillis() + iterations.length().toMillis());
    return new GatePlan(
        turns, iterations, Duration.ofMillis((long) (forks * (overhead + iterating))));
  }

  private static long clamp(double millis, long least, long most) {
    return Math.max(least, Math.min(most, (long) millis));
  }

  /**
   * Iterations for some milliseconds.
   *
   * @param room for all of a fork
   * @param worth how long it is worth measuring
   * @param count of those that are measured; as many warm up
   */
  private static Iterations fitting(double room, long worth, double count) {
    long warmup = clamp(room / (2 * count), SHORTEST_MILLIS, LONGEST_MILLIS);
    long longest = Math.max(LONGEST_MILLIS, (long) (worth / count));
    long length = clamp(room / count - warmup, warmup, longest);
    return new Iterations(Duration.ofMillis(warmup), Duration.ofMillis(length), 0);
  }

  /**
   * How many fresh forks a second round takes.
   *
   * @param rules of the comparison
   * @param suspects rows to confirm, at least 1
   * @return forks for each side
   */
  static int confirmationForks(ComparisonRules rules, int suspects) {
    return SPARE_FORKS + SignedRank.forksFor(rules.alpha() / suspects);
  }

  private static int even(int n) {
    return n + n % 2;
  }
}
