/** Streams every item. Not exported. */
@NullMarked
package dev.slate.kernel.scan;

import org.jspecify.annotations.NullMarked;
