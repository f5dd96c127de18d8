/** What strategies and searchers agree on: one search, its threads, its counters. Not exported. */
@NullMarked
package dev.slate.kernel.search;

import org.jspecify.annotations.NullMarked;
