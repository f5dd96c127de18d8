/** The JMH benchmarks, and the data they run on. */
@NullMarked
package dev.slate.bench.suite;

import org.jspecify.annotations.NullMarked;
