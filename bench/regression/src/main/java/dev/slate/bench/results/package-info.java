/** Results of the Java Microbenchmark Harness (JMH), read from its unmodified JSON. */
@NullMarked
package dev.slate.bench.results;

import org.jspecify.annotations.NullMarked;
