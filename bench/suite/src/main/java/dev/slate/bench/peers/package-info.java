/** Other ways to find the k best, measured on the same vectors. */
@NullMarked
package dev.slate.bench.peers;

import org.jspecify.annotations.NullMarked;
