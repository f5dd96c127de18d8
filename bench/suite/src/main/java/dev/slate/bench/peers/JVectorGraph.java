package dev.slate.bench.peers;

import dev.slate.kernel.Catalog;
import dev.slate.kernel.Metric;
import io.github.jbellis.jvector.disk.SimpleMappedReader;
import io.github.jbellis.jvector.graph.GraphIndexBuilder;
import io.github.jbellis.jvector.graph.GraphSearcher;
import io.github.jbellis.jvector.graph.ListRandomAccessVectorValues;
import io.github.jbellis.jvector.graph.OnHeapGraphIndex;
import io.github.jbellis.jvector.graph.RandomAccessVectorValues;
import io.github.jbellis.jvector.graph.SearchResult;
import io.github.jbellis.jvector.graph.similarity.DefaultSearchScoreProvider;
import io.github.jbellis.jvector.util.Bits;
import io.github.jbellis.jvector.vector.VectorSimilarityFunction;
import io.github.jbellis.jvector.vector.VectorUtil;
import io.github.jbellis.jvector.vector.VectorizationProvider;
import io.github.jbellis.jvector.vector.types.VectorFloat;
import io.github.jbellis.jvector.vector.types.VectorTypeSupport;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * JVector's graph on the heap, with layers and full vectors. Its degree is that of the lowest layer
 * of the other graphs; the rest are the defaults of its examples. The build takes all processors.
 */
@SuppressWarnings("deprecation") // A graph on the heap has no other way into a file.
final class JVectorGraph implements GraphIndex {
  private static final float OVERFLOW = 1.2f;
  private static final float ALPHA = 1.2f;
  private static final String FILE = "graph";

  private final VectorTypeSupport types =
      VectorizationProvider.getInstance().getVectorTypeSupport();
  private Metric metric = Metric.EUCLIDEAN;
  private RandomAccessVectorValues vectors = new ListRandomAccessVectorValues(List.of(), 1);
  private int ef = BUILD_CANDIDATES;
  private @Nullable OnHeapGraphIndex graph;
  private @Nullable GraphSearcher searcher;

  @Override
  public void candidates(int ef) {
    this.ef = ef;
  }

  @Override
  public void build(Catalog items, Metric metric) throws IOException {
    take(items, metric);
    try (GraphIndexBuilder builder = builder()) {
      serve((OnHeapGraphIndex) builder.build(vectors));
    }
  }

  private void take(Catalog items, Metric metric) {
    this.metric = metric;
    List<VectorFloat<?>> rows = new ArrayList<>(items.size());
    RowReader.each(items, (i, row) -> rows.add(vector(row)));
    vectors = new ListRandomAccessVectorValues(rows, items.dimensions());
  }

  private GraphIndexBuilder builder() {
    return new GraphIndexBuilder(
        vectors, similarity(), 2 * LINKS, BUILD_CANDIDATES, OVERFLOW, ALPHA, true);
  }

  private void serve(OnHeapGraphIndex index) {
    graph = index;
    searcher = new GraphSearcher(index);
  }

  private VectorSimilarityFunction similarity() {
    return metric == Metric.EUCLIDEAN
        ? VectorSimilarityFunction.EUCLIDEAN
        : VectorSimilarityFunction.DOT_PRODUCT;
  }

  private VectorFloat<?> vector(float[] row) {
    VectorFloat<?> vector = types.createFloatVector(row.clone());
    if (metric == Metric.COSINE && VectorUtil.dotProduct(vector, vector) > 0) {
      VectorUtil.l2normalize(vector);
    }
    return vector;
  }

  @Override
  public void save(Path folder) throws IOException {
    if (graph == null) {
      throw new IllegalStateException("the graph is not built");
    }
    try (DataOutputStream out =
        new DataOutputStream(
            new BufferedOutputStream(Files.newOutputStream(folder.resolve(FILE))))) {
      graph.save(out);
    }
  }

  @Override
  public void load(Path folder, Catalog items, Metric metric) throws IOException {
    take(items, metric);
    try (GraphIndexBuilder builder = builder();
        SimpleMappedReader.Supplier file = new SimpleMappedReader.Supplier(folder.resolve(FILE))) {
      builder.load(file.get());
      OnHeapGraphIndex index = (OnHeapGraphIndex) builder.getGraph();
      index.setAllMutationsCompleted();
      serve(index);
    }
  }

  @Override
  public int[] search(float[] query, int k) {
    if (searcher == null) {
      throw new IllegalStateException("the graph is not built");
    }
    SearchResult found =
        searcher.search(
            DefaultSearchScoreProvider.exact(vector(query), similarity(), vectors),
            k,
            Math.max(ef, k),
            0,
            0,
            Bits.ALL);
    SearchResult.NodeScore[] nodes = found.getNodes();
    int[] ordinals = new int[nodes.length];
    for (int i = 0; i < nodes.length; i++) {
      ordinals[i] = nodes[i].node;
    }
    return ordinals;
  }

  @Override
  public void close() throws IOException {
    if (searcher != null) {
      searcher.close();
    }
  }
}
