package dev.slate.data;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/**
 * One thing done to the bytes of a file.
 *
 * @param kind what
 * @param at where, reduced to the length of the file
 * @param value with what
 */
record Edit(Kind kind, int at, long value) {
  enum Kind {
    SET_BYTE,
    FLIP_BIT,
    SET_INT,
    SET_LONG,
    DELETE,
    REPEAT,
    INSERT
  }

  /** Numbers that a header would lie with. */
  private static final List<Long> LIES =
      List.of(
          0L,
          1L,
          -1L,
          255L,
          0x7fffL,
          0xffffL,
          0x7fff_ffffL,
          0x8000_0000L,
          0xffff_ffffL,
          1L << 40,
          Long.MAX_VALUE,
          Long.MIN_VALUE);

  /** Half of the edits go where headers are. */
  static Arbitrary<Edit> arbitrary() {
    Arbitrary<Integer> at =
        Arbitraries.oneOf(
            Arbitraries.integers().between(0, 160), Arbitraries.integers().greaterOrEqual(0));
    Arbitrary<Long> value =
        Arbitraries.oneOf(Arbitraries.of(LIES), Arbitraries.longs().between(0, 300));
    return Combinators.combine(Arbitraries.of(Kind.class), at, value).as(Edit::new);
  }

  static byte[] apply(List<Edit> edits, byte[] whole) {
    byte[] bytes = whole;
    for (Edit edit : edits) {
      bytes = bytes.length == 0 ? bytes : edit.apply(bytes);
    }
    return bytes;
  }

  private byte[] apply(byte[] whole) {
    byte[] bytes = whole.clone();
    int i = at % bytes.length;
    int run = (int) Math.min(bytes.length - i, 1 + (value & 31));
    ByteBuffer number = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(0, value);
    switch (kind) {
      case SET_BYTE -> bytes[i] = (byte) value;
      case FLIP_BIT -> bytes[i] ^= (byte) (1 << (value & 7));
      case SET_INT -> number.get(0, bytes, i, Math.min(4, bytes.length - i));
      case SET_LONG -> number.get(0, bytes, i, Math.min(8, bytes.length - i));
      case DELETE -> {
        return join(Arrays.copyOf(bytes, i), Arrays.copyOfRange(bytes, i + run, bytes.length));
      }
      case REPEAT -> {
        return join(Arrays.copyOf(bytes, i + run), Arrays.copyOfRange(bytes, i, bytes.length));
      }
      case INSERT -> {
        return join(
            Arrays.copyOf(bytes, i), number.array(), Arrays.copyOfRange(bytes, i, bytes.length));
      }
    }
    return bytes;
  }

  static byte[] join(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }
}
