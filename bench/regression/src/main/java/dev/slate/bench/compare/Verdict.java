package dev.slate.bench.compare;

import java.util.Locale;

/** What a comparison says of one row, gravest first. */
public enum Verdict {
  /** Worse: significant, above the effect floor, and the interval excludes no change. */
  REGRESSED,
  /** Neither a regression nor its absence could be shown. */
  INCONCLUSIVE,
  /** The two sides were not measured under the same conditions, or one has no number. */
  INCOMPARABLE,
  /** The baseline has the row, the candidate has not. */
  MISSING,
  /** Better: significant, above the effect floor, and the interval excludes no change. */
  IMPROVED,
  /** The candidate has the row, the baseline has not. */
  NEW,
  /** Shown only: which way the metric gets better is not known. */
  UNJUDGED,
  /** No regression as large as the effect floor. */
  PASS;

  /**
   * Tells the verdicts that keep a comparison from saying yes.
   *
   * @return true for those that end a command with 4
   */
  public boolean isUndecided() {
    return this == INCONCLUSIVE || this == INCOMPARABLE || this == MISSING;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
