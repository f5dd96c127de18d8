/** The root of the command line, and the benchmarks. */
@NullMarked
package dev.slate.bench;

import org.jspecify.annotations.NullMarked;
