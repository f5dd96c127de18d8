/** The course of a search: a thread's scratch, the sharing of one search, batches. Not exported. */
@NullMarked
package dev.slate.kernel.search;

import org.jspecify.annotations.NullMarked;
