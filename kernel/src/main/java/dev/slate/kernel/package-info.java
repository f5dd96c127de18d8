/**
 * Exact top-K over vectors held in memory: of n items of d attributes, the k best for a query.
 *
 * <p>A query's way: {@link dev.slate.kernel.Catalog} holds the items, an {@link
 * dev.slate.kernel.Index} lays them out for one {@link dev.slate.kernel.Metric}, each thread's
 * {@link dev.slate.kernel.Searcher} answers vectors or {@link dev.slate.kernel.Query queries} with
 * conditions, and a {@link dev.slate.kernel.Slate} receives the answer. The {@link
 * dev.slate.kernel.Strategy} changes the time of a search, never a bit of the answer. A {@link
 * dev.slate.kernel.LiveIndex} takes writes while it is searched.
 *
 * <p>Catalogues and indexes may be shared by threads; searchers, queries and slates are for one
 * thread at a time. A wrong argument is an {@link java.lang.IllegalArgumentException} that names
 * row and column where there are any; null is a {@link java.lang.NullPointerException}.
 */
@NullMarked
package dev.slate.kernel;

import org.jspecify.annotations.NullMarked;
