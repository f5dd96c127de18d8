/** Selectors of others: jars, and sources that are compiled when they are loaded. */
@NullMarked
package dev.slate.sim.plugin;

import org.jspecify.annotations.NullMarked;
