package dev.slate.sim.breaks;

import dev.slate.bench.Build;

/** Breaks the rule that this part does not know the benchmarks. */
public final class RunsBenchmarks {
  String version() {
    return Build.version();
  }
}
