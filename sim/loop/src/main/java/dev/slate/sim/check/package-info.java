/** What every selector promises, as rules that can be run. */
@NullMarked
package dev.slate.sim.check;

import org.jspecify.annotations.NullMarked;
