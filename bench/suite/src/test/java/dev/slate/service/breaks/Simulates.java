package dev.slate.service.breaks;

import dev.slate.sim.Simulation;

/** Breaks the rule that this part does not know the simulation. */
public final class Simulates {
  Simulation same(Simulation simulation) {
    return simulation;
  }
}
