package dev.slate.sim.measure;

import dev.slate.sim.Moment;

/** One number that describes everybody after a step. One instance serves one run. */
interface Gauge {
  /** Reads the number; NaN where it has no meaning, as that of a pick at the start. */
  double read(Moment moment);
}
