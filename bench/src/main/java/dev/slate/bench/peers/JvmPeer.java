package dev.slate.bench.peers;

import dev.slate.kernel.Metric;
import java.util.Arrays;
import java.util.Locale;

/** The peers that run in a JVM, and what each needs. */
public enum JvmPeer {
  /** What one would write by hand: a loop over a row-major array, a heap of fastutil's. */
  SCALAR_LOOP("scalar loop + fastutil heap", 1.0, 0),
  /** What its users would write: a list of rows and a bounded priority queue. */
  ECLIPSE_COLLECTIONS("eclipse collections", 1.0, 24),
  /** Lucene's SIMD over one row at a time, and its heap. */
  LUCENE_FLAT("lucene VectorUtil (flat)", 1.0, 24);

  private final String title;
  private final double copies;
  private final int bytesPerItem;

  JvmPeer(String title, double copies, int bytesPerItem) {
    this.title = title;
    this.copies = copies;
    this.bytesPerItem = bytesPerItem;
  }

  /** Its name in tables. */
  public String title() {
    return title;
  }

  /** Its name in parameters. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** How it finds the answer: {@code flat} looks at every item. */
  public String strategy() {
    return "flat";
  }

  /** Creates it, empty. */
  public Peer create() {
    return switch (this) {
      case SCALAR_LOOP -> new ScalarLoop();
      case ECLIPSE_COLLECTIONS -> new EclipseCollections();
      case LUCENE_FLAT -> new LuceneFlat();
    };
  }

  /** Heap that it takes for n items of d attributes, in bytes. */
  public long heap(long n, int d) {
    return (long) (copies * n * d * Float.BYTES) + n * bytesPerItem;
  }

  /** Why it cannot serve, or an empty string. */
  public String refusal(Metric metric, long n, int d) {
    boolean oneArray = this == SCALAR_LOOP;
    if (oneArray && n * d > Integer.MAX_VALUE - 8) {
      return "n x d is beyond one Java array";
    }
    return "";
  }

  /**
   * Finds a peer.
   *
   * @param id as {@link #id} gives it
   * @throws IllegalArgumentException if there is none of that name
   */
  public static JvmPeer of(String id) {
    return Arrays.stream(values())
        .filter(peer -> peer.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("peer: " + id + " is not known"));
  }
}
