package dev.slate.kernel.journal;

import java.io.IOException;

/** A block of bytes whose checksum differs; the message names file and byte. */
final class DamagedFrame extends IOException {
  private static final long serialVersionUID = 1L;

  DamagedFrame(String message) {
    super(message);
  }
}
