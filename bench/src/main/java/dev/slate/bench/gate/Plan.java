package dev.slate.bench.gate;

import dev.slate.bench.compare.Rules;
import dev.slate.bench.compare.SignedRank;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How the budget is meant to be spent.
 *
 * <p>More forks tell more than longer ones, since the spread between forks is what limits a
 * comparison (Kalibera and Jones, "Rigorous benchmarking in reasonable time", 2013): so the first
 * round has as many as the test needs after correction, and the length of an iteration is what lets
 * it, and the confirmation of one suspect, fit into a share of the budget, within bounds. The
 * control takes part in every second turn.
 *
 * @param turns of the first round, in each of which every unit runs once on each side
 * @param iteration the length of an iteration, or null for what the benchmark itself says
 * @param expected the time that the first round and the confirmation of one suspect take, about
 */
record Plan(int turns, @Nullable Duration iteration, Duration expected) {
  private static final double PLANNED_SHARE = 0.5;
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
   * @param survey what there is to measure
   * @param rules of the comparison
   * @param asked for the length of an iteration
   * @param surveyed the time that the survey of one unit took
   * @param budget for everything
   * @return the plan
   */
  static Plan of(
      Survey survey, Rules rules, IterationTime asked, Duration surveyed, Duration budget) {
    int units = Math.max(1, survey.units().size());
    boolean timed = survey.family() > 0;
    int turns = timed ? even(SignedRank.forksFor(rules.alpha() / survey.family())) : COUNTED_TURNS;
    double forks =
        timed ? turns * units * FORKS_A_TURN + 2 * confirmationForks(rules, 1) : turns * units * 2;
    Duration overhead = surveyed.compareTo(LEAST_OVERHEAD) < 0 ? LEAST_OVERHEAD : surveyed;
    double millisAFork = budget.toMillis() * PLANNED_SHARE / forks;
    double fits = (millisAFork - overhead.toMillis()) / survey.iterations();
    long millis = Math.clamp((long) fits, SHORTEST_MILLIS, LONGEST_MILLIS);
    Duration iteration =
        asked.fixed() != null
            ? asked.fixed()
            : asked.annotated() ? null : Duration.ofMillis(millis);
    long iterating =
        (long)
            (survey.iterations() * (iteration == null ? ANNOTATED_MILLIS : iteration.toMillis()));
    long expected = (long) (forks * (overhead.toMillis() + iterating));
    return new Plan(turns, iteration, Duration.ofMillis(expected));
  }

  /**
   * How many fresh forks a second round takes.
   *
   * @param rules of the comparison
   * @param suspects rows to confirm, at least 1
   * @return forks for each side
   */
  static int confirmationForks(Rules rules, int suspects) {
    return SPARE_FORKS + SignedRank.forksFor(rules.alpha() / suspects);
  }

  private static int even(int n) {
    return n + n % 2;
  }
}
