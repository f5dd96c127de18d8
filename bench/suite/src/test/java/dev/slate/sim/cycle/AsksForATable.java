package dev.slate.sim.cycle;

import dev.slate.sim.cycle.table.IsWrittenByAnAsker;

/** Breaks the rule that no two packages depend on each other. */
public final class AsksForATable {
  /** What it asks for. */
  public IsWrittenByAnAsker table;
}
