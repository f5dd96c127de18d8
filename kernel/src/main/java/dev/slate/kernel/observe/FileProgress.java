package dev.slate.kernel.observe;

import java.util.function.LongConsumer;

/** Passes on how many bytes were read or written, once for each {@link #STEP}. For one thread. */
final class FileProgress implements LongConsumer {
  /**
   * Bytes between two calls. Chosen: often enough for a bar, where a disk gives some hundred MB a
   * second, and rare enough to cost nothing.
   */
  static final long STEP = 1L << 24;

  private final LongConsumer listener;
  private long next = STEP;

  FileProgress(LongConsumer listener) {
    this.listener = listener;
  }

  @Override
  public void accept(long bytes) {
    if (bytes >= next) {
      next = bytes + STEP;
      listener.accept(bytes);
    }
  }
}
