package dev.slate.kernel;

/** How a strategy is chosen where {@link IndexBuilder#strategy} names none. */
public enum Planning {
  /**
   * By searching an index of a sample with each strategy and counting the work, without a clock:
   * the same items and options give the same plan on every run, and on every machine of the same
   * vector width. Only the chosen strategy's index of all items is built. Costs a tenth to a third
   * of a build by one thread.
   */
  ESTIMATED,
  /**
   * By timing searches of all items, for an index that lives long. Every strategy that may be the
   * fastest by its estimate is built, and the one that is fastest on this machine is kept. Costs
   * all these builds, memory for all of them at once, and searches: 0.3 to 2 seconds until they are
   * compiled, then some 50 ms for each index and each k. The plan may differ from run to run where
   * strategies are about equally fast; answers do not.
   */
  MEASURED
}
