package dev.slate.kernel.quantized;

/**
 * Decides whether the query's filter is asked before the codes of a block are read, or afterwards,
 * only for the items that the codes leave.
 *
 * <p>To ask the filter for all items of a block, which lie anywhere in the catalogue, costs a third
 * to a half of reading and comparing the block's codes. It saves those where the filter admits no
 * item of the block. So it pays if about every second block has none: if few items are admitted, or
 * items that lie together. A search learns this as it goes. An account gains one for each block
 * without an admitted item and loses one for each other block. While it is empty, codes come first,
 * and only one block of {@link #TRIAL} is tried.
 */
final class FilterOrder {
  /** Blocks that are tried at the start of a search, at least; chosen: a small part of a search. */
  static final int START = 16;

  /** The most that an account holds; chosen: clusters of some blocks change it little. */
  static final int MOST = 64;

  /** Blocks of which one is tried while codes come first; chosen, so that trials cost 1 %. */
  static final int TRIAL = 64;

  private boolean filtered;
  private int account;
  private int untried;

  /**
   * Starts a search.
   *
   * @param filtered whether there is a filter
   */
  void start(boolean filtered) {
    this.filtered = filtered;
    account = START;
    untried = 0;
  }

  /** Whether to ask the filter before the codes of the next block are read. */
  boolean filterFirst() {
    return filtered && (account > 0 || ++untried % TRIAL == 0);
  }

  /**
   * Takes note of a block for which the filter was asked first.
   *
   * @param some whether it admits some item of the block
   */
  void asked(boolean some) {
    account = some ? Math.max(account - 1, 0) : Math.min(account + 1, MOST);
  }
}
