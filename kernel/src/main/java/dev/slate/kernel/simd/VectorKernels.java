package dev.slate.kernel.simd;

import dev.slate.kernel.query.CompiledQuery;

/**
 * The kernels on the Vector API, one for each metric: {@link KernelCopies} of {@link VectorKernel},
 * made when they are first used. Where there can be no copies, the scalar kernel serves.
 */
final class VectorKernels extends VectorKernel {
  private static final class Euclidean {
    static final BlockKernel KERNEL = copy(EUCLIDEAN);
  }

  private static final class Weighted {
    static final BlockKernel KERNEL = copy(WEIGHTED);
  }

  private static final class Dot {
    static final BlockKernel KERNEL = copy(DOT);
  }

  private static BlockKernel copy(int metric) {
    BlockKernel copy = KernelCopies.copy(BlockKernel.class, VectorKernel.class, metric);
    return copy == null ? new ScalarKernel() : copy;
  }

  @Override
  int scan(
      CompiledQuery query,
      float[] chunk,
      int offset,
      int gap,
      int advance,
      int steps,
      float bound,
      float[] keys) {
    BlockKernel kernel =
        query.dot ? Dot.KERNEL : query.w == null ? Euclidean.KERNEL : Weighted.KERNEL;
    return kernel.scan(query, chunk, offset, gap, advance, steps, bound, keys);
  }
}
