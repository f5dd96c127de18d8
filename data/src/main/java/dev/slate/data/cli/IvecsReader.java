package dev.slate.data.cli;

import dev.slate.data.InputException;
import dev.slate.data.format.FileSpec;
import dev.slate.data.format.Formats;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * Rows of an ivecs file in their order, which may differ in length, as answers within a radius do.
 */
final class IvecsReader implements AutoCloseable {
  private static final int MAX_LENGTH = 1 << 26;

  private final FileSpec location;
  private final InputStream in;
  private long row;

  IvecsReader(FileSpec location) {
    this.location = location;
    this.in = Formats.bytes(location);
  }

  /** The next row; null after the last. */
  int @Nullable [] next() {
    try {
      byte[] head = in.readNBytes(Integer.BYTES);
      if (head.length == 0) {
        return null;
      }
      int length = head.length < Integer.BYTES ? -1 : ints(head).get(0);
      if (length < 0 || length > MAX_LENGTH) {
        throw new InputException(location.spec(), "a row does not begin with its length")
            .atRow(row);
      }
      byte[] body = in.readNBytes(length * Integer.BYTES);
      if (body.length < length * Integer.BYTES) {
        throw new InputException(location.spec(), "ends within a row of " + length + " values")
            .atRow(row);
      }
      int[] values = new int[length];
      ints(body).get(values);
      row++;
      return values;
    } catch (IOException e) {
      throw location.unreadable(e);
    }
  }

  private static java.nio.IntBuffer ints(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer();
  }

  @Override
  public void close() {
    try {
      in.close();
    } catch (IOException e) {
      throw location.unreadable(e);
    }
  }
}
