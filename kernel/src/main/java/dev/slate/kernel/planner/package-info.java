/** Chooses the strategy of an index. Not exported. */
@NullMarked
package dev.slate.kernel.planner;

import org.jspecify.annotations.NullMarked;
