package dev.slate.bench;

import java.io.IOException;

/**
 * The reader of standard output has gone, as {@code head} does; not an error, but a reason to stop.
 */
final class ClosedPipeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ClosedPipeException(IOException cause) {
    super(cause);
  }
}
