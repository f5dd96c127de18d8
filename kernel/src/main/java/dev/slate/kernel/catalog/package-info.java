/** Catalogues in arrays. Not exported. */
@NullMarked
package dev.slate.kernel.catalog;

import org.jspecify.annotations.NullMarked;
