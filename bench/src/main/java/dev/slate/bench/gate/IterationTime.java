package dev.slate.bench.gate;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long an iteration lasts.
 *
 * @param fixed a length; null to let the budget decide, or the benchmark
 * @param annotated whether the benchmark's own annotations decide
 */
record IterationTime(@Nullable Duration fixed, boolean annotated) {
  static final IterationTime AUTO = new IterationTime(null, false);
  static final IterationTime ANNOTATED = new IterationTime(null, true);
}
