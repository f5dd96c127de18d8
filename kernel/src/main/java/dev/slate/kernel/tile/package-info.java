/** Scores a batch of queries from registers. Not exported. */
@NullMarked
package dev.slate.kernel.tile;

import org.jspecify.annotations.NullMarked;
