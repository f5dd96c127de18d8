package dev.slate.data.breaks;

import dev.slate.bench.Build;

/** Breaks the rule that data knows only the kernel. */
public final class RunsBenchmarks {
  String version() {
    return Build.version();
  }
}
