package dev.slate.kernel.breaks;

import dev.slate.data.InputException;

/** Breaks the rule that the kernel knows no other module. */
public final class ReadsFiles {
  InputException complain() {
    return new InputException("a", "b");
  }
}
