package dev.slate.sim.metric;

import dev.slate.sim.StepState;

/** One number that describes everybody after a step. One instance serves one run. */
interface MetricFunction {
  /** Reads the number; NaN where it has no meaning, as that of a pick at the start. */
  double read(StepState state);
}
