package dev.slate.kernel.select;

/**
 * A condition that keeps items out of a selection. It is asked only of the candidates that the k-th
 * best so far lets through, so its cost does not depend on n. Any thread of a search may ask.
 */
@FunctionalInterface
public interface Exclusion {
  /** Whether an item is kept out. */
  boolean excludes(int ordinal);
}
