package dev.slate.bench.gate;

import dev.slate.bench.compare.ComparisonRules;
import dev.slate.bench.results.Results;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;

/**
 * Measures one side alone, when the other was measured before: {@value #FORKS} forks of each
 * benchmark, in rounds with a new order each, or fewer if the budget has no room for them; two
 * forks where only deterministic metrics are judged. Changes of the machine between the two
 * measurements stay in the comparison; turns would have cancelled them.
 *
 * <p>For one thread, once.
 */
final class OneSide {
  /** As many as the ranks of a family of some hundred rows need. */
  static final int FORKS = 10;

  private final Runner runner;
  private final ComparisonRules rules;
  private final IterationTime iterationTime;
  private final Clock clock;
  private final GateProgress progress;

  OneSide(
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
  }

  /**
   * Measures until all forks have run or the budget is spent.
   *
   * @param arm whose code
   * @return its rows
   * @throws Stopped if the user ended it
   */
  Results run(Arm arm) {
    progress.say("finding what there is to measure");
    Results seen = runner.dryRun(arm);
    DryRun dryRun = DryRun.of(seen, seen);
    List<Unit> units = new ArrayList<>(dryRun.units());
    Samples samples = new Samples();
    if (units.isEmpty()) {
      return samples.of(arm, arm);
    }
    Duration each = clock.elapsed().dividedBy(units.size());
    // The plan of both sides has more forks than these, so what fits it fits here.
    GatePlan plan = GatePlan.of(dryRun, rules, iterationTime, each, clock.left());
    Iterations planned = plan.iterations();
    boolean whole = !iterationTime.equals(IterationTime.AUTO);
    runner.iterate(unit -> whole || planned == null ? planned : dryRun.cut(unit, planned));
    Random random = new Random(rules.seed());
    try {
      int forks = dryRun.family() > 0 ? FORKS : plan.turns();
      for (int turn = 0; turn < forks; turn++) {
        Collections.shuffle(units, random);
        for (Unit unit : units) {
          runner.turn(unit, List.of(arm), samples);
        }
      }
    } catch (Stopped e) {
      if (e.byUser()) {
        throw e;
      }
      progress.say("the budget is spent; a longer one has room for more forks");
    }
    return samples.of(arm, arm);
  }
}
