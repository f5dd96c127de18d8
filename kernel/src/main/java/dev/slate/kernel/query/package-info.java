/** Queries as kernels read them. Not exported. */
@NullMarked
package dev.slate.kernel.query;

import org.jspecify.annotations.NullMarked;
