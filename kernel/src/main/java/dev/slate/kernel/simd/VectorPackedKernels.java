package dev.slate.kernel.simd;

/**
 * The packed kernels on vectors of 512 bits: two of them are a block, so two blocks at once, four
 * vectors, take a fifth less time than one and one. The second kernel is one of {@link
 * KernelCopies}.
 */
final class VectorPackedKernels extends PackedKernel {
  private final PackedKernel one = new VectorPackedKernel();
  private final PackedKernel pair;

  private VectorPackedKernels(PackedKernel pair) {
    this.pair = pair;
  }

  /** The kernels of a width; only that of single blocks where there can be no copies. */
  static PackedKernel get(int bits) {
    PackedKernel pair =
        bits < 512
            ? null
            : KernelCopies.copy(
                PackedKernel.class, VectorPackedKernel.class, VectorPackedKernel.PAIR);
    return pair == null ? new VectorPackedKernel() : new VectorPackedKernels(pair);
  }

  @Override
  public boolean pairs() {
    return true;
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
    (next == at ? one : pair).products(codes, at, next, four, three, weights, start, sums);
  }

  @Override
  public long remaining(byte[] codes, int terms, float[] operands, short[] sums, int from) {
    return one.remaining(codes, terms, operands, sums, from);
  }
}
