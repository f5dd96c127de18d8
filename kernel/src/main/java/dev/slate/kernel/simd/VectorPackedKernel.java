package dev.slate.kernel.simd;

import static jdk.incubator.vector.VectorOperators.B2F;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.S2F;

import dev.slate.kernel.layout.Blocks;
import java.lang.invoke.MethodHandles;
import java.util.Arrays;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * The packed kernel on vectors of 256 or 512 bits.
 *
 * <p>The codes of a word are unrolled by hand, and each loop over words has a method of its own: a
 * loop over the codes is slower, C2 (JDK 25) inlines a method for their steps not always, and two
 * loops that share vectors in one method make it keep them as objects. At 256 bits four vectors at
 * a time read each row whole; two at a time, in two passes, are slower from memory.
 */
final class VectorPackedKernel extends PackedKernel {
  private static final VectorSpecies<Float> F = Simd.species();
  private static final int FLOATS = F.length();
  private static final VectorSpecies<Byte> WORDS =
      VectorSpecies.of(byte.class, VectorShape.forBitSize(F.vectorBitSize()));
  private static final VectorSpecies<Short> SHORTS =
      VectorSpecies.of(short.class, VectorShape.forBitSize(F.vectorBitSize()));
  private static final int BYTES = WORDS.length();
  private static final int L = BYTES / Short.BYTES;
  private static final VectorSpecies<Short> HALF =
      VectorSpecies.of(short.class, VectorShape.forBitSize(Math.max(64, FLOATS * Short.SIZE)));
  private static final VectorSpecies<Byte> QUARTER =
      VectorSpecies.of(byte.class, VectorShape.forBitSize(Math.max(64, FLOATS * Byte.SIZE)));
  private static final int SIZE = Blocks.SIZE;

  /** The copy that serves two blocks at once, where a block is two vectors. */
  static final int PAIR = 1;

  /** Whether this class is that copy. */
  private static final boolean IS_PAIR = KernelCopies.number(MethodHandles.lookup()) == PAIR;

  /** Whether there are four vectors, not two; a constant, so that the compiler drops the rest. */
  private static final boolean FOUR_VECTORS = IS_PAIR || 4 * L == SIZE;

  private static final int ROW = SIZE * Short.BYTES;

  @Override
  public boolean pairs() {
    return false;
  }

  @Override
  public void products(
      byte[] codes,
      int at,
      int next,
      int four,
      int three,
      short[] weights,
      short start,
      short[] sums) {
    int second = IS_PAIR ? next - at : 2 * BYTES;
    Arrays.fill(sums, 0, IS_PAIR ? 2 * SIZE : SIZE, start);
    four(codes, at, second, four, weights, 0, sums);
    three(codes, at + four * ROW, second, three, weights, four * FOUR, sums);
  }

  private static ShortVector words(byte[] codes, int at) {
    return ByteVector.fromArray(WORDS, codes, at).reinterpretAsShorts();
  }

  /** Adds words of four codes. */
  private static void four(
      byte[] codes, int at, int second, int words, short[] weights, int first, short[] sums) {
    ShortVector s0 = ShortVector.fromArray(SHORTS, sums, 0);
    ShortVector s1 = ShortVector.fromArray(SHORTS, sums, L);
    ShortVector s2 = FOUR_VECTORS ? ShortVector.fromArray(SHORTS, sums, 2 * L) : s0;
    ShortVector s3 = FOUR_VECTORS ? ShortVector.fromArray(SHORTS, sums, 3 * L) : s0;
    for (int word = 0; word < words; word++) {
      int row = at + word * ROW;
      int k = first + word * FOUR;
      ShortVector v0 = words(codes, row);
      ShortVector v1 = words(codes, row + BYTES);
      ShortVector v2 = FOUR_VECTORS ? words(codes, row + second) : v0;
      ShortVector v3 = FOUR_VECTORS ? words(codes, row + second + BYTES) : v0;
      short w0 = weights[k];
      s0 = s0.add(v0.mul(w0));
      s1 = s1.add(v1.mul(w0));
      if (FOUR_VECTORS) {
        s2 = s2.add(v2.mul(w0));
        s3 = s3.add(v3.mul(w0));
      }
      v0 = v0.lanewise(LSHR, 4);
      v1 = v1.lanewise(LSHR, 4);
      short w1 = weights[k + 1];
      s0 = s0.add(v0.mul(w1));
      s1 = s1.add(v1.mul(w1));
      if (FOUR_VECTORS) {
        v2 = v2.lanewise(LSHR, 4);
        v3 = v3.lanewise(LSHR, 4);
        s2 = s2.add(v2.mul(w1));
        s3 = s3.add(v3.mul(w1));
      }
      v0 = v0.lanewise(LSHR, 4);
      v1 = v1.lanewise(LSHR, 4);
      short w2 = weights[k + 2];
      s0 = s0.add(v0.mul(w2));
      s1 = s1.add(v1.mul(w2));
      if (FOUR_VECTORS) {
        v2 = v2.lanewise(LSHR, 4);
        v3 = v3.lanewise(LSHR, 4);
        s2 = s2.add(v2.mul(w2));
        s3 = s3.add(v3.mul(w2));
      }
      v0 = v0.lanewise(LSHR, 4);
      v1 = v1.lanewise(LSHR, 4);
      short w3 = weights[k + 3];
      s0 = s0.add(v0.mul(w3));
      s1 = s1.add(v1.mul(w3));
      if (FOUR_VECTORS) {
        v2 = v2.lanewise(LSHR, 4);
        v3 = v3.lanewise(LSHR, 4);
        s2 = s2.add(v2.mul(w3));
        s3 = s3.add(v3.mul(w3));
      }
    }
    s0.intoArray(sums, 0);
    s1.intoArray(sums, L);
    if (FOUR_VECTORS) {
      s2.intoArray(sums, 2 * L);
      s3.intoArray(sums, 3 * L);
    }
  }

  /** Adds words of five codes. */
  private static void three(
      byte[] codes, int at, int second, int words, short[] weights, int first, short[] sums) {
    ShortVector s0 = ShortVector.fromArray(SHORTS, sums, 0);
    ShortVector s1 = ShortVector.fromArray(SHORTS, sums, L);
    ShortVector s2 = FOUR_VECTORS ? ShortVector.fromArray(SHORTS, sums, 2 * L) : s0;
    ShortVector s3 = FOUR_VECTORS ? ShortVector.fromArray(SHORTS, sums, 3 * L) : s0;
    for (int word = 0; word < words; word++) {
      int row = at + word * ROW;
      int k = first + word * THREE;
      ShortVector v0 = words(codes, row);
      ShortVector v1 = words(codes, row + BYTES);
      ShortVector v2 = FOUR_VECTORS ? words(codes, row + second) : v0;
      ShortVector v3 = FOUR_VECTORS ? words(codes, row + second + BYTES) : v0;
      short w0 = weights[k];
      s0 = s0.add(v0.mul(w0));
      s1 = s1.add(v1.mul(w0));
      if (FOUR_VECTORS) {
        s2 = s2.add(v2.mul(w0));
        s3 = s3.add(v3.mul(w0));
      }
      v0 = v0.lanewise(LSHR, 3);
      v1 = v1.lanewise(LSHR, 3);
      short w1 = weights[k + 1];
      s0 = s0.add(v0.mul(w1));
      s1 = s1.add(v1.mul(w1));
      if (FOUR_VECTORS) {
        v2 = v2.lanewise(LSHR, 3);
        v3 = v3.lanewise(LSHR, 3);
        s2 = s2.add(v2.mul(w1));
        s3 = s3.add(v3.mul(w1));
      }
      v0 = v0.lanewise(LSHR, 3);
      v1 = v1.lanewise(LSHR, 3);
      short w2 = weights[k + 2];
      s0 = s0.add(v0.mul(w2));
      s1 = s1.add(v1.mul(w2));
      if (FOUR_VECTORS) {
        v2 = v2.lanewise(LSHR, 3);
        v3 = v3.lanewise(LSHR, 3);
        s2 = s2.add(v2.mul(w2));
        s3 = s3.add(v3.mul(w2));
      }
      v0 = v0.lanewise(LSHR, 3);
      v1 = v1.lanewise(LSHR, 3);
      short w3 = weights[k + 3];
      s0 = s0.add(v0.mul(w3));
      s1 = s1.add(v1.mul(w3));
      if (FOUR_VECTORS) {
        v2 = v2.lanewise(LSHR, 3);
        v3 = v3.lanewise(LSHR, 3);
        s2 = s2.add(v2.mul(w3));
        s3 = s3.add(v3.mul(w3));
      }
      v0 = v0.lanewise(LSHR, 3);
      v1 = v1.lanewise(LSHR, 3);
      short w4 = weights[k + 4];
      s0 = s0.add(v0.mul(w4));
      s1 = s1.add(v1.mul(w4));
      if (FOUR_VECTORS) {
        v2 = v2.lanewise(LSHR, 3);
        v3 = v3.lanewise(LSHR, 3);
        s2 = s2.add(v2.mul(w4));
        s3 = s3.add(v3.mul(w4));
      }
    }
    s0.intoArray(sums, 0);
    s1.intoArray(sums, L);
    if (FOUR_VECTORS) {
      s2.intoArray(sums, 2 * L);
      s3.intoArray(sums, 3 * L);
    }
  }

  private static FloatVector operand(float[] operands, int place) {
    return FloatVector.broadcast(F, operands[place]);
  }

  /**
   * Operands become vectors before the loop, and bytes become floats in it rather than in a method
   * of their own: otherwise C2 (JDK 25) allocates vectors of 512 bits, which takes twice as long.
   */
  @Override
  public long remaining(byte[] codes, int terms, float[] operands, short[] sums, int from) {
    FloatVector unit = operand(operands, UNIT);
    FloatVector offset = operand(operands, OFFSET);
    FloatVector square = operand(operands, SQUARE);
    FloatVector stepS = operand(operands, STEPS + 2 * S);
    FloatVector baseS = operand(operands, STEPS + 2 * S + 1);
    FloatVector stepR = operand(operands, STEPS + 2 * R);
    FloatVector baseR = operand(operands, STEPS + 2 * R + 1);
    FloatVector stepH = operand(operands, STEPS + 2 * H);
    FloatVector baseH = operand(operands, STEPS + 2 * H + 1);
    FloatVector stepG = operand(operands, STEPS + 2 * G);
    FloatVector baseG = operand(operands, STEPS + 2 * G + 1);
    long excluded = 0;
    for (int i = 0; i < SIZE; i += FLOATS) {
      FloatVector sum =
          (FloatVector) ShortVector.fromArray(HALF, sums, from + i).convertShape(S2F, F, 0);
      FloatVector y = sum.fma(unit, offset);
      int at = terms + i;
      FloatVector s =
          ((FloatVector)
                  ByteVector.fromArray(QUARTER, codes, at + S * SIZE).convertShape(B2F, F, 0))
              .fma(stepS, baseS);
      FloatVector r =
          ((FloatVector)
                  ByteVector.fromArray(QUARTER, codes, at + R * SIZE).convertShape(B2F, F, 0))
              .fma(stepR, baseR);
      FloatVector h =
          ((FloatVector)
                  ByteVector.fromArray(QUARTER, codes, at + H * SIZE).convertShape(B2F, F, 0))
              .fma(stepH, baseH);
      FloatVector g =
          ((FloatVector)
                  ByteVector.fromArray(QUARTER, codes, at + G * SIZE).convertShape(B2F, F, 0))
              .fma(stepG, baseG);
      FloatVector a = s.neg().fma(y, g);
      FloatVector p = y.mul(y).neg().fma(h, square);
      excluded |= a.compare(GT, FLOOR).and(r.mul(p).compare(LT, a.mul(a))).toLong() << i;
    }
    return ~excluded;
  }
}
