package dev.slate.data;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Unpacks gzip files, of one member or several.
 *
 * <p>{@link GZIPInputStream} takes bytes after a member that are no header for the end of the file.
 * So of a file that is cut off within a header it would drop the last members without an error.
 * This stream compares the end of the last member with the end of the file. Zeros between them are
 * padding, as {@code gzip} has it; anything else is refused.
 */
public final class GzipStream extends GZIPInputStream {
  private static final int BUFFER_BYTES = 1 << 16;

  /** Checksum and length at the end of each member. */
  private static final int TRAILER_BYTES = 8;

  private final Counted packed;
  private long filled;

  /**
   * Reads the first header.
   *
   * @param file the packed bytes; closed with the stream
   * @throws IOException if they cannot be read or are not gzip
   */
  public GzipStream(InputStream file) throws IOException {
    this(new Counted(file));
  }

  private GzipStream(Counted packed) throws IOException {
    super(packed, BUFFER_BYTES);
    this.packed = packed;
  }

  @Override
  protected void fill() throws IOException {
    super.fill();
    filled = packed.count;
  }

  /**
   * Reads unpacked bytes.
   *
   * @throws ZipException if the file ends otherwise than with a whole member and zeros
   */
  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int count = super.read(buffer, offset, length);
    if (count < 0) {
      long end = filled - inf.getRemaining() + TRAILER_BYTES;
      packed.transferTo(OutputStream.nullOutputStream());
      if (packed.end > end) {
        throw new ZipException("what follows byte " + end + " is cut off, or no gzip");
      }
    }
    return count;
  }

  private static final class Counted extends FilterInputStream {
    private long count;

    /** Where the last byte that is not zero ended. */
    private long end;

    Counted(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int value = in.read();
      count += value < 0 ? 0 : 1;
      end = value > 0 ? count : end;
      return value;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int read = in.read(buffer, offset, length);
      int zeros = 0;
      while (zeros < read && buffer[offset + read - 1 - zeros] == 0) {
        zeros++;
      }
      count += Math.max(0, read);
      end = zeros < read ? count - zeros : end;
      return read;
    }
  }
}
