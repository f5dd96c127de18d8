/** Metrics of a run, computed after each step, and their means over replications. */
@NullMarked
package dev.slate.sim.metric;

import org.jspecify.annotations.NullMarked;
