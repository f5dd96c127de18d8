package dev.slate.sim.cycle.table;

import dev.slate.sim.cycle.AsksForATable;

/** Breaks the rule that no two packages depend on each other. */
public final class IsWrittenByAnAsker {
  /** Who asked. */
  public AsksForATable asker;
}
