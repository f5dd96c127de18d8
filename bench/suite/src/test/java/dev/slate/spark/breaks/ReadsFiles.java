package dev.slate.spark.breaks;

import dev.slate.data.InputException;

/** Breaks the rule that this part does not know files of vectors. */
public final class ReadsFiles {
  InputException complain() {
    return new InputException("a", "b");
  }
}
