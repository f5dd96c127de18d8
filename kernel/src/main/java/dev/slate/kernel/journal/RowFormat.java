package dev.slate.kernel.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * What the rows of a directory look like. The first frame of each file stores this, the number of
 * the file, and a version of the format that tells its {@link Kind}:
 *
 * <pre>
 *   1   no groups, no marks      3   marks
 *   2   groups                   4   groups and marks
 * </pre>
 *
 * @param dimensions number of attributes
 * @param metric how rows are scored
 * @param biased whether each row begins with a bias
 */
public record RowFormat(int dimensions, String metric, boolean biased) {
  private static final long MAGIC = 0x31304556494c5453L; // "STLIVE01"
  private static final int NEWEST = 4;

  /**
   * What a file may hold besides plain items.
   *
   * @param grouped whether items may have groups
   * @param marked whether it is a log that forces each flush to the disk, and begins each with a
   *     mark
   */
  record Kind(boolean grouped, boolean marked) {
    static final Kind PLAIN = new Kind(false, false);

    private static Kind of(int format) {
      return new Kind((format - 1 & 1) != 0, (format - 1 & 2) != 0);
    }

    private int format() {
      return 1 + (grouped ? 1 : 0) + (marked ? 2 : 0);
    }
  }

  /** Floats of a row. */
  public int width() {
    return dimensions + (biased ? 1 : 0);
  }

  /** The first frame of a file. */
  ByteBuffer header(long number, Kind kind) {
    byte[] name = metric.getBytes(StandardCharsets.UTF_8);
    ByteBuffer frame = Frames.buffer(Frames.HEADER + 30 + name.length);
    frame.position(Frames.HEADER);
    frame.putLong(MAGIC).putInt(kind.format()).putLong(number).putInt(dimensions);
    frame.put((byte) (biased ? 1 : 0)).putInt(name.length).put(name);
    Frames.seal(frame, 0, frame.position(), 0);
    return frame;
  }

  /**
   * Checks the first frame of a file.
   *
   * @return what the file may hold
   */
  Kind check(ByteBuffer header, long number, Path file) throws IOException {
    if (header.remaining() < 12 || header.getLong() != MAGIC) {
      throw new IOException(file + ": is not a file of a live index");
    }
    int format = header.getInt();
    if (format > NEWEST) {
      throw new IOException(
          file + ": has format " + format + ", but this version reads up to " + NEWEST);
    }
    if (header.getLong() != number) {
      throw new IOException(file + ": was renamed: its name and its content differ");
    }
    int d = header.getInt();
    boolean bias = header.get() != 0;
    byte[] name = new byte[header.getInt()];
    header.get(name);
    RowFormat found = new RowFormat(d, new String(name, StandardCharsets.UTF_8), bias);
    if (!equals(found)) {
      throw new IllegalArgumentException(
          file + ": holds " + found.words() + ", but " + words() + " was asked for");
    }
    return Kind.of(format);
  }

  private String words() {
    return metric + " with d = " + dimensions + (biased ? " and a bias" : "");
  }
}
