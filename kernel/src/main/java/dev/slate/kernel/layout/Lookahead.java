package dev.slate.kernel.layout;

/**
 * Loads the floats that are needed next into the caches, in small steps between other work, by
 * reading one float of each cache line. It reads at four places in turn, a few lines at each, so
 * that the processor's own prefetcher sees four streams and runs ahead of the reads.
 */
public final class Lookahead {
  private static final int LINE = 16;
  private static final int STREAMS = 4;

  private int at;
  private int end;
  private int gap;
  private int slice;
  private float sum;

  /**
   * Starts anew.
   *
   * @param from the first float that is needed
   * @param count how many
   * @param steps how many calls of {@link #step} are to be expected
   */
  public void aim(int from, int count, int steps) {
    gap = count / STREAMS;
    at = from;
    end = from + gap;
    slice = (gap / steps + LINE - 1) / LINE * LINE;
  }

  /** Reads a few lines. */
  public void step(float[] a) {
    int to = Math.min(at + slice, end);
    float s = sum;
    for (int i = at; i < to; i += LINE) {
      s += a[i] + a[i + gap] + (a[i + 2 * gap] + a[i + 3 * gap]);
    }
    at = to;
    sum = s;
  }
}
