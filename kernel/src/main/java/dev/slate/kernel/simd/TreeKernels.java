package dev.slate.kernel.simd;

import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The tree's kernels on the Vector API, one for each small number of attributes: {@link
 * KernelCopies} of {@link VectorTreeKernel}, in which the compiler unrolls each loop over
 * attributes. Where there can be no copies, and for large numbers, the class itself serves.
 */
final class TreeKernels {
  /** The most attributes for which a loop is unrolled whole. */
  private static final int MOST = 16;

  private static final AtomicReferenceArray<TreeKernel> KERNELS =
      new AtomicReferenceArray<>(MOST + 1);

  private TreeKernels() {}

  /** The kernel for a number of attributes. */
  static TreeKernel of(int d) {
    if (d > MOST) {
      return new VectorTreeKernel();
    }
    TreeKernel kernel = KERNELS.get(d);
    if (kernel == null) {
      TreeKernel copy = KernelCopies.copy(TreeKernel.class, VectorTreeKernel.class, d);
      KERNELS.compareAndSet(d, null, copy == null ? new VectorTreeKernel() : copy);
      kernel = KERNELS.get(d);
    }
    return kernel;
  }
}
