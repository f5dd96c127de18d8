/** The arithmetic on vectors, each kernel with a scalar twin of the same bits. Not exported. */
@NullMarked
package dev.slate.kernel.simd;

import org.jspecify.annotations.NullMarked;
