package dev.slate.kernel;

/** The point at which a write to a {@link LiveIndex} that has a directory returns. */
public enum Durability {
  /** When the disk has it: the write survives a loss of power. Concurrent writes share a wait. */
  POWER_LOSS,

  /** When the operating system has it: the write survives the death of the process. */
  PROCESS_DEATH
}
