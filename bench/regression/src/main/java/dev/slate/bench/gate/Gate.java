package dev.slate.bench.gate;

import dev.slate.bench.compare.Comparison;
import dev.slate.bench.compare.ComparisonRow;
import dev.slate.bench.compare.ComparisonRules;
import dev.slate.bench.compare.Numbers;
import dev.slate.bench.compare.Verdict;
import dev.slate.bench.results.Results;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;

/**
 * Runs both sides in turns and concludes.
 *
 * <ol>
 *   <li>A {@linkplain DryRun dry run} of each benchmark finds the rows that can be compared.
 *   <li>A first round gives each unit the forks that its test needs, both sides by turns in a
 *       {@linkplain Turns balanced, shuffled order}, the control in every second turn.
 *   <li>The rest of the budget goes where it can decide something: to the inconclusive row that
 *       needs the least more time, again and again.
 *   <li>A second round, of fresh forks only, confirms or clears what the first suspects. Time for
 *       it is kept back.
 * </ol>
 *
 * <p>For one thread, once.
 */
final class Gate {
  private static final int MOST_FORKS = 200;
  private static final int HOPELESS = 16;
  private static final List<Arm> SIDES = List.of(Arm.BASELINE, Arm.CANDIDATE);
  private static final List<Arm> ALL = List.of(Arm.BASELINE, Arm.CANDIDATE, Arm.CONTROL);

  private final Runner runner;
  private final ComparisonRules rules;
  private final IterationTime iterationTime;
  private final Clock clock;
  private final GateProgress progress;
  private final Random random;
  private final Samples first = new Samples();
  private final Samples second = new Samples();
  private final Conclusion conclusion;
  private final List<String> notes = new ArrayList<>();

  Gate(
      Harness harness,
      ComparisonRules rules,
      UnaryOperator<Results> chosen,
      IterationTime iterationTime,
      Clock clock,
      GateProgress progress) {
    this.runner = new Runner(harness, chosen, clock, progress, rules.seed());
    this.rules = rules;
    this.iterationTime = iterationTime;
    this.clock = clock;
    this.progress = progress;
    this.random = new Random(rules.seed());
    this.conclusion = new Conclusion(rules, first, second);
  }

  /**
   * Measures until all is decided, the budget is spent, or the user ends it.
   *
   * @return what was found by then
   */
  GateOutcome run() {
    DryRun dryRun = DryRun.NONE;
    boolean interrupted = false;
    try {
      progress.say("finding what there is to measure");
      dryRun = DryRun.of(runner.dryRun(Arm.BASELINE), runner.dryRun(Arm.CANDIDATE));
      if (!dryRun.comparable().isEmpty()) {
        firstRound(dryRun);
        secondRound(suspects());
      }
    } catch (Stopped e) {
      interrupted = e.byUser();
    }
    Comparison all = conclusion.all(suspects(), dryRun, this::whyUnmeasured);
    List<String> remarks = new ArrayList<>(all.notes());
    if (interrupted) {
      remarks.add("interrupted after " + TimeText.of(clock.elapsed()));
    }
    remarks.addAll(notes);
    control(all).ifPresent(remarks::add);
    return new GateOutcome(new Comparison(rules, all.rows(), remarks), interrupted);
  }

  private void firstRound(DryRun dryRun) {
    List<Unit> units = new ArrayList<>(dryRun.units());
    boolean timed = dryRun.family() > 0;
    Duration dryRunTime = clock.elapsed().dividedBy(2L * units.size());
    GatePlan plan = GatePlan.of(dryRun, rules, iterationTime, dryRunTime, clock.left());
    Iterations planned = plan.iterations();
    boolean whole = !iterationTime.equals(IterationTime.AUTO);
    runner.iterate(unit -> whole || planned == null ? planned : dryRun.cut(unit, planned));
    progress.plan(plan, units.size());
    if (plan.expected().compareTo(clock.left()) > 0) {
      notes.add(
          "%s about %s, more than the budget: --benchmarks narrows, --budget lengthens"
              .formatted(
                  units.size() == 1 ? "1 benchmark needs" : units.size() + " benchmarks need",
                  TimeText.of(plan.expected())));
    }
    try {
      for (int turn = 0; turn < plan.turns(); turn++) {
        Collections.shuffle(units, random);
        for (Unit unit : units) {
          runner.turn(unit, timed && turn % 2 == 0 ? ALL : SIDES, first);
        }
      }
      spendWhereUnsure();
    } catch (Stopped e) {
      if (e.byUser()) {
        throw e;
      }
    }
  }

  /**
   * Two more turns for the row that needs the least more time to be decided, while that fits. How
   * much it needs is a guess from the forks so far, a poor one while they are few: only what would
   * take many times what is left is given up.
   */
  private void spendWhereUnsure() {
    boolean said = false;
    while (true) {
      Comparison now = conclusion.screening();
      Duration free = clock.left().minus(confirmationTime(slower(now)));
      Optional<ComparisonRow> next =
          now.rows().stream()
              .filter(row -> row.verdict() == Verdict.INCONCLUSIVE && !row.metric().deterministic())
              .filter(row -> row.candidateForks() < MOST_FORKS && runner.failure(unit(row)) == null)
              .filter(row -> cost(row, 2).compareTo(free) < 0)
              .filter(row -> timeToDecide(row).compareTo(free.multipliedBy(HOPELESS)) < 0)
              .min(Comparator.comparing(this::timeToDecide));
      if (next.isEmpty()) {
        return;
      }
      if (!said) {
        progress.say("not sure yet of " + now.count(Verdict.INCONCLUSIVE) + ": more forks");
        said = true;
      }
      runner.turn(unit(next.get()), ALL, first);
      runner.turn(unit(next.get()), SIDES, first);
    }
  }

  private void secondRound(List<ComparisonRow> suspects) {
    if (suspects.isEmpty()) {
      return;
    }
    progress.say("second round: confirming " + suspects.size() + " of what looks slower");
    int forks = GatePlan.confirmationForks(rules, suspects.size());
    List<Unit> units =
        suspects.stream()
            .map(Gate::unit)
            .distinct()
            .filter(unit -> runner.failure(unit) == null)
            .sorted(Comparator.comparing(runner::cost))
            .toList();
    for (Unit unit : units) {
      if (fits(unit, forks)) {
        for (int turn = 0; turn < forks; turn++) {
          runner.turn(unit, SIDES, second);
        }
      }
    }
    confirmFurther(suspects);
  }

  /** Two more turns for the suspect that is neither confirmed nor cleared, while that fits. */
  private void confirmFurther(List<ComparisonRow> suspects) {
    while (true) {
      Optional<Unit> next =
          conclusion.confirming(suspects).rows().stream()
              .filter(row -> row.verdict() == Verdict.INCONCLUSIVE)
              .filter(row -> row.candidateForks() < MOST_FORKS)
              .map(Gate::unit)
              .filter(unit -> runner.failure(unit) == null && fits(unit, 2))
              .min(Comparator.comparing(runner::cost));
      if (next.isEmpty()) {
        return;
      }
      runner.turn(next.get(), SIDES, second);
      runner.turn(next.get(), SIDES, second);
    }
  }

  private boolean fits(Unit unit, int turns) {
    return runner.cost(unit).multipliedBy(2L * turns).compareTo(clock.left()) < 0;
  }

  private List<ComparisonRow> suspects() {
    return regressed(conclusion.screening());
  }

  private static List<ComparisonRow> regressed(Comparison comparison) {
    return comparison.rows().stream()
        .filter(row -> row.verdict() == Verdict.REGRESSED && !row.metric().deterministic())
        .toList();
  }

  /** What is suspected, and what may yet be: the estimate is above the floor. */
  private List<ComparisonRow> slower(Comparison comparison) {
    return comparison.rows().stream()
        .filter(row -> row.worsening() > rules.minEffect() && !row.metric().deterministic())
        .toList();
  }

  private Duration confirmationTime(List<ComparisonRow> suspects) {
    Duration turn =
        suspects.stream()
            .map(Gate::unit)
            .distinct()
            .map(unit -> runner.cost(unit).multipliedBy(2))
            .reduce(Duration.ZERO, Duration::plus);
    return turn.multipliedBy(GatePlan.confirmationForks(rules, Math.max(1, suspects.size())));
  }

  private Duration timeToDecide(ComparisonRow row) {
    int have = Math.min(row.baseForks(), row.candidateForks());
    int lacking = Math.max(2, row.forksNeeded() - have);
    return cost(row, lacking);
  }

  /** The time of some turns, the control in every second of them. */
  private Duration cost(ComparisonRow row, int turns) {
    return runner.cost(unit(row)).multipliedBy(5L * turns).dividedBy(2);
  }

  private ComparisonRow whyUnmeasured(ComparisonRow row) {
    Arm arm = runner.failure(unit(row));
    return arm == null
        ? row.concluded(Verdict.INCONCLUSIVE, "no time was left for it")
        : row.concluded(
            Verdict.INCOMPARABLE,
            "it failed on the " + (arm == Arm.CANDIDATE ? "candidate" : "baseline"));
  }

  /** The most that two runs of identical code differed by. */
  private static Optional<String> control(Comparison comparison) {
    return comparison.rows().stream()
        .filter(row -> !Double.isNaN(row.noise()))
        .max(Comparator.comparingDouble(ComparisonRow::noise))
        .map(
            row ->
                "A/A: two runs of the baseline differ by at most %s (%s)"
                    .formatted(Numbers.percent(row.noise()), unit(row)));
  }

  private static Unit unit(ComparisonRow row) {
    return Unit.of(row.key());
  }
}
