/** Results by commit, in an append-only file, and the points at which they change. */
@NullMarked
package dev.slate.bench.history;

import org.jspecify.annotations.NullMarked;
