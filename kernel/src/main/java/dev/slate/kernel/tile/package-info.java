/** Scores a batch of queries from registers. Not exported. */
package dev.slate.kernel.tile;
