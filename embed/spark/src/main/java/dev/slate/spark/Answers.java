package dev.slate.spark;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.Serializable;

/**
 * Answers to the queries of a block, best first.
 *
 * @param ends where the items of each query end
 * @param ids the items
 * @param scores their scores
 */
@DefaultSerializer(JavaSerializer.class)
record Answers(int[] ends, IdColumn ids, float[] scores) implements Serializable {
  private static final long serialVersionUID = 1;

  int start(int query) {
    return query == 0 ? 0 : ends[query - 1];
  }
}
