/** The results of commits, and the file that keeps them. */
@NullMarked
package dev.slate.bench.commits;

import org.jspecify.annotations.NullMarked;
