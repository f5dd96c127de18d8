package dev.slate.kernel.breaks;

import picocli.CommandLine;

/** Breaks the rule that the kernel needs only fastutil. */
public final class ParsesOptions {
  CommandLine parser() {
    return new CommandLine(this);
  }
}
