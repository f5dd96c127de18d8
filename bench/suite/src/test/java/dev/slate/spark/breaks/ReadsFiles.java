package dev.slate.spark.breaks;

import dev.slate.data.VectorFile;

/** Breaks the rule that this part does not know files of vectors. */
public final class ReadsFiles {
  public String tell(VectorFile vectorFile) {
    return vectorFile.toString();
  }
}
