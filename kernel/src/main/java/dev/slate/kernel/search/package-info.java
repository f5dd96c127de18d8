/** What strategies and searchers agree on: one search, its threads, its counters. Not exported. */
package dev.slate.kernel.search;
