/** {@code slate bench}: what is measured, fork by fork, and what becomes of an interrupted run. */
@NullMarked
package dev.slate.bench.run;

import org.jspecify.annotations.NullMarked;
