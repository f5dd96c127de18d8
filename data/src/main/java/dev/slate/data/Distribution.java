package dev.slate.data;

/** How generated vectors are distributed; see {@link VectorGenerator}. */
public enum Distribution {
  /** Each value uniform in [-1, 1). */
  UNIFORM,
  /** Each value standard normal. */
  GAUSSIAN,
  /**
   * 1,000 centres with standard normal values; rows at a centre plus 0.25 times a standard normal
   * vector.
   */
  CLUSTERED,
  /**
   * Like embeddings: a standard normal vector of d / 8 factors (at least one) times standard normal
   * loadings, plus 0.1 times a standard normal vector.
   */
  LOWRANK,
  /**
   * The points of the Memotion labels as often as they occur there: five attributes, 495 distinct
   * points, so that ties are the rule. Queries are users: uniform in [-1, 1).
   */
  MEMOTION
}
