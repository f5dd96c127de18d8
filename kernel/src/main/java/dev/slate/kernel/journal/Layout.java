package dev.slate.kernel.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * The layout of the items of a directory. The first frame of each file holds it, with the number of
 * the file and whether it may hold groups. Files without groups have the format from before there
 * were groups.
 *
 * @param dimensions number of attributes
 * @param metric how they are scored
 * @param biased whether each row begins with a bias
 */
public record Layout(int dimensions, String metric, boolean biased) {
  private static final long MAGIC = 0x31304556494c5453L; // "STLIVE01"
  private static final int PLAIN = 1;
  private static final int GROUPED = 2;

  /** Floats of a row. */
  public int width() {
    return dimensions + (biased ? 1 : 0);
  }

  /** The first frame of a file. */
  ByteBuffer header(long number, boolean grouped) {
    byte[] name = metric.getBytes(StandardCharsets.UTF_8);
    ByteBuffer frame = Frames.buffer(Frames.HEADER + 30 + name.length);
    frame.position(Frames.HEADER);
    frame.putLong(MAGIC).putInt(grouped ? GROUPED : PLAIN).putLong(number).putInt(dimensions);
    frame.put((byte) (biased ? 1 : 0)).putInt(name.length).put(name);
    Frames.seal(frame, 0, frame.position(), 0);
    return frame;
  }

  /**
   * Checks the first frame of a file.
   *
   * @return whether the file may hold groups
   */
  boolean check(ByteBuffer header, long number, Path file) throws IOException {
    if (header.remaining() < 12 || header.getLong() != MAGIC) {
      throw new IOException(file + ": is not a file of a live index");
    }
    int format = header.getInt();
    if (format > GROUPED) {
      throw new IOException(
          file + ": has format " + format + ", but this version reads up to " + GROUPED);
    }
    if (header.getLong() != number) {
      throw new IOException(file + ": was renamed: its name and its content differ");
    }
    int d = header.getInt();
    boolean bias = header.get() != 0;
    byte[] name = new byte[header.getInt()];
    header.get(name);
    Layout found = new Layout(d, new String(name, StandardCharsets.UTF_8), bias);
    if (!equals(found)) {
      throw new IllegalArgumentException(
          file + ": holds " + found.words() + ", but " + words() + " was asked for");
    }
    return format == GROUPED;
  }

  private String words() {
    return metric + " with d = " + dimensions + (biased ? " and a bias" : "");
  }
}
