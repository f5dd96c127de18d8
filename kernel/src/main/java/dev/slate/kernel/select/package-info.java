/** Keeps the k best of the candidates that a search comes upon. Not exported. */
@NullMarked
package dev.slate.kernel.select;

import org.jspecify.annotations.NullMarked;
