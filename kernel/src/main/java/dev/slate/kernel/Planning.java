package dev.slate.kernel;

/** How a strategy is chosen where {@link IndexBuilder#strategy} names none. */
public enum Planning {
  /**
   * From counters of a trial on a sample, without a clock: the same items and options give the same
   * plan on every run and every machine of the same vector width. Only the chosen index is built.
   * The trial takes about a tenth of a build.
   */
  ESTIMATED,
  /**
   * By timing searches of all items, for an index that lives long: every strategy that may be the
   * fastest is built, on this machine, and the fastest is kept. Takes all their builds, some tenths
   * of a second for the clock, and memory for all of them at once. The plan may differ from run to
   * run where strategies are equally fast; answers do not.
   */
  MEASURED
}
