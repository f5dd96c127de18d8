package dev.slate.kernel.breaks;

import dev.slate.kernel.Searcher;
import dev.slate.kernel.Slate;

/** Breaks a rule: an inner class of the kernel searches through its face. */
public final class KnowsTheFace {
  /** Searches. */
  public void search(Searcher searcher) {
    searcher.search(new float[0], new Slate(1));
  }
}
