package dev.slate.kernel.file;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Copies between arrays and their bytes, little-endian. By buffers and not by memory segments,
 * whose first use would cost a young JVM more time than it takes to open an index on demand.
 */
final class Elements {
  private Elements() {}

  /** Bytes of an element of an array. */
  static int bytes(Object array) {
    if (array instanceof byte[]) {
      return Byte.BYTES;
    }
    return array instanceof int[] || array instanceof float[] ? Integer.BYTES : Long.BYTES;
  }

  /** Copies elements out of bytes. */
  static void get(ByteBuffer from, int at, Object to, int first, int count) {
    ByteBuffer bytes = at(from, at);
    if (to instanceof byte[] a) {
      bytes.get(a, first, count);
    } else if (to instanceof int[] a) {
      bytes.asIntBuffer().get(a, first, count);
    } else if (to instanceof float[] a) {
      bytes.asFloatBuffer().get(a, first, count);
    } else if (to instanceof long[] a) {
      bytes.asLongBuffer().get(a, first, count);
    } else {
      bytes.asDoubleBuffer().get((double[]) to, first, count);
    }
  }

  /** Copies elements into bytes. */
  static void put(ByteBuffer to, int at, Object from, int first, int count) {
    ByteBuffer bytes = at(to, at);
    if (from instanceof byte[] a) {
      bytes.put(a, first, count);
    } else if (from instanceof int[] a) {
      bytes.asIntBuffer().put(a, first, count);
    } else if (from instanceof float[] a) {
      bytes.asFloatBuffer().put(a, first, count);
    } else if (from instanceof long[] a) {
      bytes.asLongBuffer().put(a, first, count);
    } else {
      bytes.asDoubleBuffer().put((double[]) from, first, count);
    }
  }

  private static ByteBuffer at(ByteBuffer buffer, int at) {
    return buffer.duplicate().clear().position(at).order(ByteOrder.LITTLE_ENDIAN);
  }
}
