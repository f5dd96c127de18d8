package dev.slate.spark;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * Some items, packed: how they travel and lie on disk.
 *
 * @param ids of n items, at least one
 * @param rows n x d finite floats, row-major
 * @param biases n finite floats, or null where items have none
 */
@DefaultSerializer(JavaSerializer.class)
record ItemBlock(IdColumn ids, float[] rows, float @Nullable [] biases) implements Serializable {
  private static final long serialVersionUID = 1;

  int size() {
    return ids.size();
  }

  int dimensions() {
    return rows.length / ids.size();
  }
}
