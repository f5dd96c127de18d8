package dev.slate.bench.peers;

import com.github.jelmerk.hnswlib.core.DistanceFunction;
import com.github.jelmerk.hnswlib.core.DistanceFunctions;
import com.github.jelmerk.hnswlib.core.Item;
import com.github.jelmerk.hnswlib.core.hnsw.HnswIndex;
import dev.slate.kernel.Catalog;
import dev.slate.kernel.Metric;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * hnswlib for Java, the hierarchical navigable small world graph of Malkov and Yashunin (2016),
 * with M = 16 and ef = 200 both to build and to search. The build takes all processors.
 */
final class HnswGraph implements Peer {
  private static final int LINKS = 16;
  private static final int CANDIDATES = 200;

  private @Nullable HnswIndex<Integer, float[], Row, Float> graph;

  /**
   * An item of the graph.
   *
   * @param id its ordinal
   * @param vector its attributes
   */
  private record Row(Integer id, float[] vector) implements Item<Integer, float[]> {
    private static final long serialVersionUID = 1;

    @Override
    public int dimensions() {
      return vector.length;
    }
  }

  @Override
  public void build(Catalog items, Metric metric) throws IOException {
    HnswIndex<Integer, float[], Row, Float> index =
        HnswIndex.newBuilder(items.dimensions(), distance(metric), items.size())
            .withM(LINKS)
            .withEf(CANDIDATES)
            .withEfConstruction(CANDIDATES)
            .build();
    List<Row> rows = new ArrayList<>(items.size());
    RowReader.each(items, (i, row) -> rows.add(new Row(i, row)));
    try {
      index.addAll(rows);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
    graph = index;
  }

  private static DistanceFunction<float[], Float> distance(Metric metric) {
    return switch (metric) {
      case EUCLIDEAN -> DistanceFunctions.FLOAT_EUCLIDEAN_DISTANCE;
      case DOT -> DistanceFunctions.FLOAT_INNER_PRODUCT;
      case COSINE -> DistanceFunctions.FLOAT_COSINE_DISTANCE;
    };
  }

  @Override
  public int[] search(float[] query, int k) {
    if (graph == null) {
      throw new IllegalStateException("the graph is not built");
    }
    return graph.findNearest(query, k).stream().mapToInt(hit -> hit.item().id()).toArray();
  }
}
