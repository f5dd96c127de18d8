/** Catalogues in arrays: a view of one, or chunks that a builder has filled. Not exported. */
@NullMarked
package dev.slate.kernel.catalog;

import org.jspecify.annotations.NullMarked;
