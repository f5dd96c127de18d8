/** The strategy SCAN: streams every item, and scores batches in tiles. Not exported. */
@NullMarked
package dev.slate.kernel.scan;

import org.jspecify.annotations.NullMarked;
