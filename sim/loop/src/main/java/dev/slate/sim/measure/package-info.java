/** What happened, in numbers: gauges read after each step, and their means over replications. */
@NullMarked
package dev.slate.sim.measure;

import org.jspecify.annotations.NullMarked;
