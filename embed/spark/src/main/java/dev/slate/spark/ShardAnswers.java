package dev.slate.spark;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * The answers of a shard to a block of queries: how they travel to be merged.
 *
 * @param number of the block in its partition
 * @param fingerprint of the rows of the block
 * @param answers to its queries
 * @param rows the whole rows of the queries; null from all shards but one
 */
@DefaultSerializer(JavaSerializer.class)
record ShardAnswers(int number, Fingerprint fingerprint, Answers answers, byte @Nullable [][] rows)
    implements Serializable {
  private static final long serialVersionUID = 1;

  static ShardAnswers of(QueryBlock block, Answers answers) {
    return new ShardAnswers(block.number(), block.fingerprint(), answers, block.rows());
  }
}
