package dev.slate.kernel.select;

/**
 * A candidate for the slate in one long, so that signed comparison of longs is the order of items:
 * the better candidate is the smaller long.
 *
 * <pre>
 *   bit 63 ......... 32   31 ........ 1   0
 *       key, sortable     ordinal         1 if the key is -0.0
 * </pre>
 *
 * <p>A <i>key</i> is a score turned so that smaller is better: the score itself for EUCLIDEAN, its
 * negation (exact) for the others. The sortable form of a float orders as signed integers do; NaN
 * comes after every number, and -0.0 equals 0.0, its sign kept in bit 0, where it cannot change the
 * order because ordinals are distinct.
 */
public final class Candidate {
  /** Comes after every candidate. */
  public static final long NONE = Long.MAX_VALUE;

  /** Comes before every candidate. */
  public static final long FIRST = Long.MIN_VALUE;

  private static final int NAN_BITS = 0x7fc00000;

  private Candidate() {}

  /** Packs a key and an ordinal. */
  public static long pack(float key, int ordinal) {
    int bits = Float.floatToRawIntBits(key);
    int negativeZero = 0;
    if (Float.isNaN(key)) {
      bits = NAN_BITS;
    } else if (bits == Integer.MIN_VALUE) {
      bits = 0;
      negativeZero = 1;
    }
    return first(sortable(bits), ordinal) | negativeZero;
  }

  /** The first candidate of a key in its sortable form and an ordinal: that of +0.0, not -0.0. */
  public static long first(int sortable, int ordinal) {
    return (long) sortable << 32 | (long) ordinal << 1;
  }

  /** The last candidate of a key: no candidate with this key or a better one comes after it. */
  public static long last(float key) {
    return pack(key, Integer.MAX_VALUE) | 1;
  }

  /** The place of an item in the order, whatever the sign of its zero. */
  public static long place(float key, int ordinal) {
    return pack(key, ordinal) | 1;
  }

  /** The key of a candidate, NaN as 0x7fc00000. */
  public static float key(long candidate) {
    return (candidate & 1) != 0 ? -0f : bound(candidate);
  }

  /** The key of a place in the order, the sign of a zero disregarded. */
  public static float bound(long place) {
    return Float.intBitsToFloat(sortable((int) (place >> 32)));
  }

  /** The ordinal of a candidate. */
  public static int ordinal(long candidate) {
    return (int) (candidate >> 1) & Integer.MAX_VALUE;
  }

  /** The bits of a float, not NaN nor -0.0, as an int that orders as it does; and back again. */
  public static int sortable(int bits) {
    return bits ^ ((bits >> 31) & Integer.MAX_VALUE);
  }
}
