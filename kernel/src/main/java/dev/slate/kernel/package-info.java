/** Exact top-K scoring over vectors held in memory. */
@NullMarked
package dev.slate.kernel;

import org.jspecify.annotations.NullMarked;
