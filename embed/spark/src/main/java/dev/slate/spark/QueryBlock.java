package dev.slate.spark;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * Neighbouring queries of a partition, packed: how they travel to the shards.
 *
 * @param partition the partition that they came from
 * @param number of the block in its partition, from 0
 * @param fingerprint of the whole rows, which hold the vectors and the denied ids
 * @param size how many queries
 * @param vectors of the queries, row-major
 * @param denied the ids that they deny, or null
 * @param rows the whole rows, each in Spark's binary form; null in all copies of the block but one
 */
@DefaultSerializer(JavaSerializer.class)
record QueryBlock(
    int partition,
    int number,
    Fingerprint fingerprint,
    int size,
    float[] vectors,
    @Nullable Denied denied,
    byte @Nullable [][] rows)
    implements Serializable {
  private static final long serialVersionUID = 1;

  QueryBlock withoutRows() {
    return new QueryBlock(partition, number, fingerprint, size, vectors, denied, null);
  }

  /**
   * Ids that queries deny.
   *
   * @param ids of all queries, one after the other
   * @param ends where those of each query end
   */
  record Denied(IdColumn ids, int[] ends) implements Serializable {
    private static final long serialVersionUID = 1;

    int start(int query) {
      return query == 0 ? 0 : ends[query - 1];
    }
  }
}
