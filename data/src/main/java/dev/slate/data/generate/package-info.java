/** How generated rows are drawn. Not exported. */
@NullMarked
package dev.slate.data.generate;

import org.jspecify.annotations.NullMarked;
