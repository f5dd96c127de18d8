package dev.slate.kernel.simd;

/**
 * The row kernel of a JVM that compiles vectors later. Until then a vector operation takes a
 * hundred times as long, and builds of small catalogues end before: plain loops, which are compiled
 * in milliseconds, serve at first, with the same bits. {@link VectorTakeover} tells when vectors
 * take over.
 */
final class WarmingRowKernel extends RowKernel {
  /** Rows that vectors measure again in a trial: as many as they take at a time. */
  private static final int TRIED = 4;

  private final RowKernel plain;
  private final RowKernel vectors;
  private final VectorTakeover adding = new VectorTakeover();
  private final VectorTakeover measuring = new VectorTakeover();

  WarmingRowKernel(RowKernel plain, RowKernel vectors) {
    this.plain = plain;
    this.vectors = vectors;
  }

  @Override
  public void addMultiples(
      double[] sum,
      int at,
      int length,
      double[] with,
      int start,
      double[] factors,
      int from,
      int step,
      int count) {
    if (adding.over()) {
      vectors.addMultiples(sum, at, length, with, start, factors, from, step, count);
      return;
    }
    boolean trial = adding.due();
    RowKernel kernel = trial ? vectors : plain;
    long began = System.nanoTime();
    kernel.addMultiples(sum, at, length, with, start, factors, from, step, count);
    adding.took(trial, System.nanoTime() - began, (long) length * count);
  }

  @Override
  public void distances(
      float[] rows,
      int width,
      int[] members,
      int from,
      int count,
      float[] chunk,
      int block,
      int lanes,
      float[] distances) {
    if (measuring.over()) {
      vectors.distances(rows, width, members, from, count, chunk, block, lanes, distances);
      return;
    }
    boolean trial = measuring.due();
    long began = System.nanoTime();
    plain.distances(rows, width, members, from, count, chunk, block, lanes, distances);
    long between = System.nanoTime();
    measuring.took(false, between - began, (long) count * lanes * width);
    if (trial) {
      int some = Math.min(TRIED, count);
      vectors.distances(rows, width, members, from, some, chunk, block, lanes, distances);
      measuring.took(true, System.nanoTime() - between, (long) some * lanes * width);
    }
  }
}
