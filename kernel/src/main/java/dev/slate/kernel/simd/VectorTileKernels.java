package dev.slate.kernel.simd;

import dev.slate.kernel.layout.Lookahead;
import dev.slate.kernel.layout.Panels;
import org.jspecify.annotations.Nullable;

/**
 * The tile kernels on the Vector API, one for each metric: {@link KernelCopies} of {@link
 * VectorTileKernel}.
 */
final class VectorTileKernels extends TileKernel {
  private final TileKernel euclidean;
  private final TileKernel dot;

  private VectorTileKernels(TileKernel euclidean, TileKernel dot) {
    this.euclidean = euclidean;
    this.dot = dot;
  }

  /** The kernels; the scalar one where there can be no copies. */
  static TileKernel get() {
    TileKernel euclidean = copy(VectorTileKernel.EUCLIDEAN);
    TileKernel dot = copy(VectorTileKernel.DOT);
    return euclidean == null || dot == null
        ? new ScalarTileKernel()
        : new VectorTileKernels(euclidean, dot);
  }

  private static @Nullable TileKernel copy(int metric) {
    return KernelCopies.copy(TileKernel.class, VectorTileKernel.class, metric);
  }

  @Override
  public int items() {
    return dot.items();
  }

  @Override
  public int scan(
      Panels panels, int from, float[] chunk, int offset, Lookahead ahead, float[] keys) {
    TileKernel kernel = panels.dot() ? dot : euclidean;
    return kernel.scan(panels, from, chunk, offset, ahead, keys);
  }
}
