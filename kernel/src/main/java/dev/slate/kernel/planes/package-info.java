/** Prunes with one-byte codes and certified bounds, for high d. Not exported. */
@NullMarked
package dev.slate.kernel.planes;

import org.jspecify.annotations.NullMarked;
