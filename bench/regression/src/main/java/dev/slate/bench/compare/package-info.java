/** The comparison of two runs of the same benchmarks: its statistics and its verdicts. */
@NullMarked
package dev.slate.bench.compare;

import org.jspecify.annotations.NullMarked;
