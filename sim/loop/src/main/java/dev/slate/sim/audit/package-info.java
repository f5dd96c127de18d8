/** Who floods a catalogue: volumes, near-duplicates, and how unlikely they are. */
@NullMarked
package dev.slate.sim.audit;

import org.jspecify.annotations.NullMarked;
