package dev.slate.service.breaks;

import dev.slate.sim.Simulation;

/** Breaks the rule that this part does not know the simulation. */
public final class Simulates {
  public String tell(Simulation simulation) {
    return simulation.toString();
  }
}
