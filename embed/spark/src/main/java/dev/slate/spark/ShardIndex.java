package dev.slate.spark;

import dev.slate.kernel.Index;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The index of a shard and the ids of its ordinals. Safe from many threads, each with a {@link
 * BlockSearch} of its own.
 *
 * @param index over the items in the order of their ids; null where the shard is empty
 * @param ids ascending; null where the shard is empty
 */
record ShardIndex(@Nullable Index index, @Nullable IdColumn ids) {
  static ShardIndex of(List<ItemBlock> blocks, SearchSpec spec) {
    if (blocks.isEmpty()) {
      return new ShardIndex(null, null);
    }
    SortedItems items = new SortedItems(blocks);
    return new ShardIndex(spec.index(items), items.ids());
  }
}
