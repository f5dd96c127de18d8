package dev.slate.bench.compare.breaks;

import dev.slate.data.InputException;

/** Breaks the rule that the regression part knows no other part. */
public final class KnowsTheData {
  public InputException refuse() {
    return new InputException("--metrics", "unknown");
  }
}
