package dev.slate.kernel;

/** When a write to a {@link LiveIndex} that has a directory counts, that is, returns. */
public enum Durability {
  /** When the disk has it: it survives a loss of power. Concurrent writes share the wait. */
  POWER_LOSS,

  /** When the operating system has it: it survives the death of the process, at any moment. */
  PROCESS_DEATH
}
