package dev.slate.bench.peers;

import com.github.jelmerk.hnswlib.core.DistanceFunction;
import com.github.jelmerk.hnswlib.core.DistanceFunctions;
import com.github.jelmerk.hnswlib.core.Item;
import com.github.jelmerk.hnswlib.core.hnsw.HnswIndex;
import dev.slate.kernel.Catalog;
import dev.slate.kernel.Metric;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** hnswlib for Java. The build takes all processors. */
final class HnswlibGraph implements GraphIndex {
  private static final String FILE = "graph";

  private int ef = BUILD_CANDIDATES;
  private @Nullable HnswIndex<Integer, float[], Vertex, Float> graph;

  /**
   * An item of the graph.
   *
   * @param id its ordinal
   * @param vector its attributes
   */
  private record Vertex(Integer id, float[] vector) implements Item<Integer, float[]> {
    private static final long serialVersionUID = 1;

    @Override
    public int dimensions() {
      return vector.length;
    }
  }

  @Override
  public void candidates(int ef) {
    this.ef = ef;
    if (graph != null) {
      graph.setEf(ef);
    }
  }

  @Override
  public void build(Catalog items, Metric metric) throws IOException {
    HnswIndex<Integer, float[], Vertex, Float> index =
        HnswIndex.newBuilder(items.dimensions(), distance(metric), items.size())
            .withM(LINKS)
            .withEf(ef)
            .withEfConstruction(BUILD_CANDIDATES)
            .build();
    List<Vertex> rows = new ArrayList<>(items.size());
    RowReader.each(items, (i, row) -> rows.add(new Vertex(i, row)));
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
  public void save(Path folder) throws IOException {
    built().save(folder.resolve(FILE));
  }

  @Override
  public void load(Path folder, Catalog items, Metric metric) throws IOException {
    graph = HnswIndex.load(folder.resolve(FILE));
    candidates(ef);
  }

  private HnswIndex<Integer, float[], Vertex, Float> built() {
    if (graph == null) {
      throw new IllegalStateException("the graph is not built");
    }
    return graph;
  }

  @Override
  public int[] search(float[] query, int k) {
    return built().findNearest(query, k).stream().mapToInt(hit -> hit.item().id()).toArray();
  }
}
