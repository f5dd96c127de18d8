package dev.slate.bench.peers;

import java.util.Locale;

/** Libraries of the JVM whose graphs are peers. */
enum GraphLibrary {
  /** hnswlib for Java. */
  HNSWLIB("hnswlib", 1.0, 900),
  /** The vectors of Lucene, in files that are mapped. */
  LUCENE_HNSW("lucene HNSW", 2.0, 400),
  /** JVector, with layers as in HNSW. */
  JVECTOR_GRAPH("jvector graph", 1.0, 900);

  final String title;
  final double copies;
  final int bytesPerItem;

  GraphLibrary(String title, double copies, int bytesPerItem) {
    this.title = title;
    this.copies = copies;
    this.bytesPerItem = bytesPerItem;
  }

  String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  GraphIndex create() {
    return switch (this) {
      case HNSWLIB -> new HnswlibGraph();
      case LUCENE_HNSW -> new LuceneGraph();
      case JVECTOR_GRAPH -> new JVectorGraph();
    };
  }
}
