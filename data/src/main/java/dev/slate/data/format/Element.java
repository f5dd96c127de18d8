package dev.slate.data.format;

import java.nio.ByteBuffer;

/**
 * The number types that binary files hold, little-endian.
 *
 * <p>Decoding rounds to the nearest float32, ties to even; a float64 beyond the float32 range
 * becomes an infinity, which the caller refuses.
 */
public enum Element {
  /** IEEE binary32. */
  FLOAT32(4) {
    @Override
    public void decode(ByteBuffer from, int count, float[] dst, int offset) {
      from.asFloatBuffer().get(dst, offset, count);
    }

    @Override
    String text(ByteBuffer from, int at) {
      return Float.toString(from.getFloat(at));
    }
  },
  /** IEEE binary64. */
  FLOAT64(8) {
    @Override
    public void decode(ByteBuffer from, int count, float[] dst, int offset) {
      for (int i = 0, at = from.position(); i < count; i++, at += 8) {
        dst[offset + i] = (float) from.getDouble(at);
      }
    }

    @Override
    String text(ByteBuffer from, int at) {
      return Double.toString(from.getDouble(at));
    }
  },
  /** IEEE binary16. */
  FLOAT16(2) {
    @Override
    public void decode(ByteBuffer from, int count, float[] dst, int offset) {
      for (int i = 0, at = from.position(); i < count; i++, at += 2) {
        dst[offset + i] = Float.float16ToFloat(from.getShort(at));
      }
    }

    @Override
    String text(ByteBuffer from, int at) {
      return Float.toString(Float.float16ToFloat(from.getShort(at)));
    }
  },
  /** Signed byte. */
  INT8(1) {
    @Override
    long integer(ByteBuffer from, int at) {
      return from.get(at);
    }
  },
  /** Unsigned byte. */
  UINT8(1) {
    @Override
    long integer(ByteBuffer from, int at) {
      return Byte.toUnsignedLong(from.get(at));
    }
  },
  /** Signed 16 bits. */
  INT16(2) {
    @Override
    long integer(ByteBuffer from, int at) {
      return from.getShort(at);
    }
  },
  /** Unsigned 16 bits. */
  UINT16(2) {
    @Override
    long integer(ByteBuffer from, int at) {
      return Short.toUnsignedLong(from.getShort(at));
    }
  },
  /** Signed 32 bits. */
  INT32(4) {
    @Override
    long integer(ByteBuffer from, int at) {
      return from.getInt(at);
    }
  },
  /** Unsigned 32 bits. */
  UINT32(4) {
    @Override
    long integer(ByteBuffer from, int at) {
      return Integer.toUnsignedLong(from.getInt(at));
    }
  },
  /** Signed 64 bits. */
  INT64(8) {
    @Override
    long integer(ByteBuffer from, int at) {
      return from.getLong(at);
    }
  };

  private final int bytes;

  Element(int bytes) {
    this.bytes = bytes;
  }

  /**
   * Size of one number.
   *
   * @return bytes, 1..8
   */
  public int bytes() {
    return bytes;
  }

  /**
   * Decodes numbers from the buffer's position, which does not move.
   *
   * @param from little-endian bytes
   * @param count how many numbers
   * @param dst receives them
   * @param offset where the first goes
   */
  public void decode(ByteBuffer from, int count, float[] dst, int offset) {
    for (int i = 0, at = from.position(); i < count; i++, at += bytes) {
      dst[offset + i] = (float) integer(from, at);
    }
  }

  /**
   * Decodes numbers from the buffer's position, which does not move, without rounding them to
   * float32.
   *
   * @param from little-endian bytes
   * @param count how many numbers
   * @param dst receives them
   * @param offset where the first goes
   */
  public void decode(ByteBuffer from, int count, double[] dst, int offset) {
    for (int i = 0, at = from.position(); i < count; i++, at += bytes) {
      dst[offset + i] = real(from, at);
    }
  }

  /** One number, rounded to double where it is an integer beyond 2^53. */
  private double real(ByteBuffer from, int at) {
    return switch (this) {
      case FLOAT16 -> Float.float16ToFloat(from.getShort(at));
      case FLOAT32 -> from.getFloat(at);
      case FLOAT64 -> from.getDouble(at);
      default -> integer(from, at);
    };
  }

  /**
   * Tells whether there are numbers of this type that float32 does not hold.
   *
   * @return true for float64 and integers of 32 and 64 bits
   */
  public boolean rounds() {
    return bytes == 8 || this == INT32 || this == UINT32;
  }

  /**
   * Decodes integers from the buffer's position, which does not move.
   *
   * @param from little-endian bytes
   * @param count how many numbers
   * @param dst receives them, exactly
   * @param offset where the first goes
   * @throws UnsupportedOperationException if the numbers are not integers
   */
  public void decode(ByteBuffer from, int count, long[] dst, int offset) {
    for (int i = 0, at = from.position(); i < count; i++, at += bytes) {
      dst[offset + i] = integer(from, at);
    }
  }

  long integer(ByteBuffer from, int at) {
    throw new UnsupportedOperationException(this + " is not an integer type");
  }

  /** The number as the file has it, before any rounding. */
  String text(ByteBuffer from, int at) {
    return Long.toString(integer(from, at));
  }

  @Override
  public String toString() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
