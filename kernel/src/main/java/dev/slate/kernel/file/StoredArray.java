package dev.slate.kernel.file;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Where an array lies in a file from which its chunks are read when they are needed. */
public final class StoredArray {
  private final OnDemandFile file;
  private final long from;

  StoredArray(OnDemandFile file, long from) {
    this.file = file;
    this.from = from;
  }

  /**
   * Tells the file how much there is to be read.
   *
   * @param chunks how many
   * @param load reads those that were not read so far
   */
  public void announce(int chunks, Runnable load) {
    file.add(chunks, load);
  }

  /**
   * Reads a chunk.
   *
   * @param start where it starts in the array, in bytes
   * @param to receives it
   * @param first where it goes
   * @param count number of elements
   * @throws UncheckedIOException if it cannot be read or is damaged; names the file
   * @throws IllegalStateException if the file is closed
   */
  public void read(long start, Object to, int first, int count) {
    try {
      file.read(from + start, to, first, count);
      file.arrived();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
