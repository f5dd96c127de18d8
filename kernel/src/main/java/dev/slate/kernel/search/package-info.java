/**
 * Carries out searches: a thread's scratch, one search shared by threads, batches. Not exported.
 */
@NullMarked
package dev.slate.kernel.search;

import org.jspecify.annotations.NullMarked;
