package dev.slate.bench.roofline;

import static jdk.incubator.vector.VectorOperators.ADD;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Sums floats with four vector accumulators and nothing else, so that its time is that of memory.
 * It has two orders of reading, since prefetchers differ.
 */
enum StreamSum {
  /** One address after the other. */
  SEQUENTIAL {
    @Override
    float sum(float[] a, int from, int to) {
      FloatVector s0 = FloatVector.zero(S);
      FloatVector s1 = s0;
      FloatVector s2 = s0;
      FloatVector s3 = s0;
      for (int i = from; i < to; i += 4 * L) {
        s0 = s0.add(FloatVector.fromArray(S, a, i));
        s1 = s1.add(FloatVector.fromArray(S, a, i + L));
        s2 = s2.add(FloatVector.fromArray(S, a, i + 2 * L));
        s3 = s3.add(FloatVector.fromArray(S, a, i + 3 * L));
      }
      return s0.add(s1).add(s2.add(s3)).reduceLanes(ADD);
    }
  },

  /** Four pages of 4 KiB side by side. */
  FOUR_PAGES {
    @Override
    float sum(float[] a, int from, int to) {
      FloatVector s0 = FloatVector.zero(S);
      FloatVector s1 = s0;
      FloatVector s2 = s0;
      FloatVector s3 = s0;
      for (int group = from; group < to; group += GRAIN) {
        for (int i = group; i < group + PAGE; i += L) {
          s0 = s0.add(FloatVector.fromArray(S, a, i));
          s1 = s1.add(FloatVector.fromArray(S, a, i + PAGE));
          s2 = s2.add(FloatVector.fromArray(S, a, i + 2 * PAGE));
          s3 = s3.add(FloatVector.fromArray(S, a, i + 3 * PAGE));
        }
      }
      return s0.add(s1).add(s2.add(s3)).reduceLanes(ADD);
    }
  };

  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
  private static final int L = S.length();
  private static final int PAGE = 4096 / Float.BYTES;

  /** What a range must be a multiple of, in floats. */
  static final int GRAIN = 4 * PAGE;

  /**
   * Sums a range.
   *
   * @param a the floats
   * @param from index of the first
   * @param to index behind the last; {@code to - from} is a multiple of {@link #GRAIN}
   * @return the sum, in no particular order
   */
  abstract float sum(float[] a, int from, int to);
}
