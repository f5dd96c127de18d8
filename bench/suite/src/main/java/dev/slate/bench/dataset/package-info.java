/**
 * Items and queries that benchmarks search, and the exact answers that they are checked against.
 */
@NullMarked
package dev.slate.bench.dataset;

import org.jspecify.annotations.NullMarked;
