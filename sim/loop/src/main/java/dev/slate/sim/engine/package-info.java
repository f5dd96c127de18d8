/** Carries out a run: everybody's state, one user's step, and the threads. */
@NullMarked
package dev.slate.sim.engine;

import org.jspecify.annotations.NullMarked;
