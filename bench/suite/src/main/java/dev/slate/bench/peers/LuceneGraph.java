package dev.slate.bench.peers;

import dev.slate.kernel.Catalog;
import dev.slate.kernel.Metric;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.lucene.codecs.Codec;
import org.apache.lucene.codecs.FilterCodec;
import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.codecs.lucene99.Lucene99HnswVectorsFormat;
import org.apache.lucene.codecs.perfield.PerFieldKnnVectorsFormat;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LogDocMergePolicy;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.search.AcceptDocs;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.IOUtils;
import org.apache.lucene.util.VectorUtil;
import org.jspecify.annotations.Nullable;

/**
 * Lucene's HNSW over float32 vectors in one segment, whose documents keep the order of the items.
 * Built by one thread, searched in mapped files.
 */
final class LuceneGraph implements GraphIndex {
  private static final String FIELD = "attributes";
  private static final double BUFFER_MEGABYTES = 1900;

  private Metric metric = Metric.EUCLIDEAN;
  private int ef = BUILD_CANDIDATES;
  private @Nullable Path built;
  private @Nullable DirectoryReader reader;

  @Override
  public void candidates(int ef) {
    this.ef = ef;
  }

  @Override
  public void build(Catalog items, Metric metric) throws IOException {
    this.metric = metric;
    built = PeerFolder.create("lucene");
    write(items, built);
    open(built);
  }

  private void write(Catalog items, Path folder) throws IOException {
    IndexWriterConfig config =
        new IndexWriterConfig()
            .setCodec(new GraphCodec())
            .setMergePolicy(new LogDocMergePolicy())
            .setRAMBufferSizeMB(BUFFER_MEGABYTES);
    try (IndexWriter writer = new IndexWriter(FSDirectory.open(folder), config)) {
      RowReader.each(
          items,
          (i, row) ->
              writer.addDocument(
                  List.of(new KnnFloatVectorField(FIELD, prepared(row), similarity()))));
      writer.forceMerge(1);
    }
  }

  private VectorSimilarityFunction similarity() {
    return switch (metric) {
      case EUCLIDEAN -> VectorSimilarityFunction.EUCLIDEAN;
      case DOT -> VectorSimilarityFunction.MAXIMUM_INNER_PRODUCT;
      case COSINE -> VectorSimilarityFunction.DOT_PRODUCT;
    };
  }

  private float[] prepared(float[] vector) {
    return metric == Metric.COSINE ? VectorUtil.l2normalize(vector.clone(), false) : vector;
  }

  private void open(Path folder) throws IOException {
    reader = DirectoryReader.open(FSDirectory.open(folder));
  }

  @Override
  public void save(Path folder) throws IOException {
    if (built == null) {
      throw new IllegalStateException("the graph is not built");
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(built)) {
      for (Path file : files) {
        Files.copy(file, folder.resolve(file.getFileName()));
      }
    }
  }

  @Override
  public void load(Path folder, Catalog items, Metric metric) throws IOException {
    this.metric = metric;
    open(folder);
  }

  @Override
  public int[] search(float[] query, int k) throws IOException {
    if (reader == null) {
      throw new IllegalStateException("the graph is not built");
    }
    LeafReader segment = reader.leaves().getFirst().reader();
    ScoreDoc[] hits =
        segment.searchNearestVectors(
                FIELD,
                prepared(query),
                Math.max(ef, k),
                AcceptDocs.fromLiveDocs(null, segment.maxDoc()),
                Integer.MAX_VALUE)
            .scoreDocs;
    int[] ordinals = new int[Math.min(k, hits.length)];
    for (int i = 0; i < ordinals.length; i++) {
      ordinals[i] = hits[i].doc;
    }
    return ordinals;
  }

  @Override
  public void close() throws IOException {
    IOUtils.close(reader);
    if (built != null) {
      IOUtils.rm(built);
    }
  }

  /** Lucene's own codec with graphs of other sizes, which the reader finds by their own name. */
  private static final class GraphCodec extends FilterCodec {
    GraphCodec() {
      super(Codec.getDefault().getName(), Codec.getDefault());
    }

    @Override
    public KnnVectorsFormat knnVectorsFormat() {
      return new PerFieldKnnVectorsFormat() {
        @Override
        public KnnVectorsFormat getKnnVectorsFormatForField(String field) {
          return new Lucene99HnswVectorsFormat(LINKS, BUILD_CANDIDATES);
        }
      };
    }
  }
}
