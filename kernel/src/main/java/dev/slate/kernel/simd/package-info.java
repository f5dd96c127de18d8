/** The arithmetic on vectors, each kernel with a scalar twin of the same bits. Not exported. */
package dev.slate.kernel.simd;
