/** The commands {@code sim} and {@code audit}. */
@NullMarked
package dev.slate.sim.cli;

import org.jspecify.annotations.NullMarked;
