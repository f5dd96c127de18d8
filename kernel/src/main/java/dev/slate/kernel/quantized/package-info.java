/** Prunes with one-byte codes and certified bounds, for high d. Not exported. */
@NullMarked
package dev.slate.kernel.quantized;

import org.jspecify.annotations.NullMarked;
