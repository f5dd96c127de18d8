package dev.slate.bench.peers;

import dev.slate.kernel.Metric;
import java.util.Locale;

/** The peers that run in a JVM, and what each needs. */
public enum JvmPeer implements JvmRival {
  /** What one would write by hand: a loop over a row-major array, a heap of fastutil's. */
  SCALAR_LOOP("scalar loop", "flat", 1.0, 0),
  /** What one would write by hand with the Vector API: an item a lane, one stream. */
  VERTICAL_LOOP("vertical loop (SIMD)", "flat", 1.0, 0),
  /** What its users would write: a list of rows and a bounded priority queue. */
  ECLIPSE_COLLECTIONS("eclipse collections", "flat", 1.0, 24),
  /** Lucene's SIMD over one row at a time, and its heap. */
  LUCENE_FLAT("lucene flat", "flat", 1.0, 24),
  /** JVector's SIMD over one row at a time, and its heap. */
  JVECTOR_FLAT("jvector flat", "flat", 1.0, 64),
  /** Lucene's block k-d tree, in files that are mapped. */
  LUCENE_BKD("lucene points (bkd)", "tree", 0.0, 64),
  /** The k-d tree of TinSpin. */
  TINSPIN_KD_TREE("tinspin k-d tree", "tree", 2.0, 96),
  /** Products of matrices by the machine's OpenBLAS: distances in the expanded form. */
  OPENBLAS("openblas sgemm + heap", "flat", 1.0, 4);

  private final String title;
  private final String strategy;
  private final double copies;
  private final int bytesPerItem;

  JvmPeer(String title, String strategy, double copies, int bytesPerItem) {
    this.title = title;
    this.strategy = strategy;
    this.copies = copies;
    this.bytesPerItem = bytesPerItem;
  }

  @Override
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  @Override
  public String title() {
    return title;
  }

  @Override
  public String strategy() {
    return strategy;
  }

  @Override
  public boolean exact() {
    return this != OPENBLAS;
  }

  @Override
  public boolean batches() {
    return this == OPENBLAS;
  }

  @Override
  public String missing() {
    return this == OPENBLAS && Blas.find().isEmpty() ? Blas.INSTALLATION : "";
  }

  @Override
  public Peer create() {
    return switch (this) {
      case SCALAR_LOOP -> new ScalarLoop();
      case VERTICAL_LOOP -> new VerticalLoop();
      case ECLIPSE_COLLECTIONS -> new EclipseCollections();
      case LUCENE_FLAT -> new LuceneFlat();
      case JVECTOR_FLAT -> new JVectorFlat();
      case LUCENE_BKD -> new LucenePoints();
      case TINSPIN_KD_TREE -> new TinSpinTree();
      case OPENBLAS -> new OpenBlasProduct();
    };
  }

  @Override
  public long heap(long n, int d) {
    return (long) (copies * n * d * Float.BYTES) + n * bytesPerItem;
  }

  @Override
  public String refusal(Metric metric, long n, int d) {
    return switch (this) {
      case SCALAR_LOOP, VERTICAL_LOOP, OPENBLAS ->
          (n + 63) * d > Integer.MAX_VALUE - 8 ? "n x d is beyond one Java array" : "";
      case LUCENE_BKD ->
          d > LucenePoints.MOST_DIMENSIONS
              ? "has at most " + LucenePoints.MOST_DIMENSIONS + " dimensions"
              : nearestOnly(metric);
      case TINSPIN_KD_TREE -> nearestOnly(metric);
      default -> "";
    };
  }

  private static String nearestOnly(Metric metric) {
    return metric == Metric.EUCLIDEAN ? "" : "finds the nearest only";
  }
}
