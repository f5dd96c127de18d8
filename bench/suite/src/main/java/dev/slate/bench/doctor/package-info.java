/** What this machine offers to a search. */
@NullMarked
package dev.slate.bench.doctor;

import org.jspecify.annotations.NullMarked;
