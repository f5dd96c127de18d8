package dev.slate.bench.gate;

import dev.slate.bench.results.Results;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs benchmarks: JMH in a process of its own, or a stand-in. */
interface Harness {

  /**
   * Runs each benchmark of an arm once, as shortly as can be.
   *
   * @param arm whose code
   * @return one fork of each row; its scores are of cold code and mean nothing
   * @throws Stopped if the user ended it
   */
  Results dryRun(Arm arm);

  /**
   * Runs one fork of one unit on each of some arms.
   *
   * @param order of the arms
   * @param unit what to run
   * @param iterations how many and how long, or null for what the benchmark itself says
   * @param limit after which they are ended
   * @return the rows of each arm; none for one on which the benchmark failed
   * @throws Stopped if the user or the limit ended it
   */
  Map<Arm, Results> turn(
      List<Arm> order, Unit unit, @Nullable Iterations iterations, Duration limit);
}
