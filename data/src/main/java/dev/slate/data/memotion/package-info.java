/** The real distribution of the Memotion labels, and the label file itself. Not exported. */
@NullMarked
package dev.slate.data.memotion;

import org.jspecify.annotations.NullMarked;
