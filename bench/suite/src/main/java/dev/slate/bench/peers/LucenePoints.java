package dev.slate.bench.peers;

import dev.slate.kernel.Catalog;
import dev.slate.kernel.Metric;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.FloatPoint;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LogDocMergePolicy;
import org.apache.lucene.index.PointValues;
import org.apache.lucene.sandbox.document.FloatPointNearestNeighbor;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.IOUtils;
import org.jspecify.annotations.Nullable;

/**
 * {@link FloatPointNearestNeighbor} over one merged segment, whose documents keep the order of the
 * items. Its files lie beside those of the run, and go with the peer.
 */
final class LucenePoints implements Peer {
  /** Lucene indexes no more. */
  static final int MOST_DIMENSIONS = PointValues.MAX_INDEX_DIMENSIONS;

  private static final String FIELD = "attributes";
  private static final double BUFFER_MEGABYTES = 128;

  private @Nullable Path folder;
  private @Nullable DirectoryReader reader;
  private @Nullable IndexSearcher searcher;

  @Override
  public void build(Catalog items, Metric metric) throws IOException {
    folder = PeerFolder.create("lucene");
    Directory directory = FSDirectory.open(folder);
    write(items, directory);
    reader = DirectoryReader.open(directory);
    searcher = new IndexSearcher(reader);
  }

  private static void write(Catalog items, Directory directory) throws IOException {
    IndexWriterConfig config =
        new IndexWriterConfig()
            .setMergePolicy(new LogDocMergePolicy())
            .setRAMBufferSizeMB(BUFFER_MEGABYTES);
    FloatPoint point = new FloatPoint(FIELD, new float[items.dimensions()]);
    Document document = new Document();
    document.add(point);
    try (IndexWriter writer = new IndexWriter(directory, config)) {
      RowReader.each(
          items,
          (i, row) -> {
            point.setFloatValues(row);
            writer.addDocument(document);
          });
      writer.forceMerge(1);
    }
  }

  @Override
  public int[] search(float[] query, int k) throws IOException {
    if (searcher == null) {
      throw new IllegalStateException("the index is not built");
    }
    ScoreDoc[] hits = FloatPointNearestNeighbor.nearest(searcher, FIELD, k, query).scoreDocs;
    int[] ordinals = new int[hits.length];
    for (int i = 0; i < hits.length; i++) {
      ordinals[i] = hits[i].doc;
    }
    return ordinals;
  }

  @Override
  public void close() throws IOException {
    IOUtils.close(reader);
    if (folder != null) {
      IOUtils.rm(folder);
    }
  }
}
