package dev.slate.spark;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import dev.slate.kernel.Metric;
import java.io.Serializable;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Holds the indexes that a JVM has built for a model, one for each shard. The model broadcasts an
 * empty lease; each executor fills the one that it received. When the model destroys the broadcast,
 * executors drop their lease and, with it, the indexes.
 *
 * <p>Safe from many threads. Where several want the same index, one builds it and the others wait.
 */
@DefaultSerializer(JavaSerializer.class)
final class IndexLease implements Serializable {
  private static final long serialVersionUID = 1;

  /**
   * A JVM that receives a lease twice, as its memory was short, goes on with the one it has, unless
   * that is garbage by then.
   */
  private static final Map<UUID, WeakReference<IndexLease>> LIVE = new ConcurrentHashMap<>();

  /** Stands for a shard where the index is over all items. */
  static final int ALL = -1;

  private final UUID id = UUID.randomUUID();
  private transient Map<Key, Slot> slots = new ConcurrentHashMap<>();

  private record Key(int shard, Metric metric, String strategy) {}

  /**
   * The index of a shard.
   *
   * @param shard its number, or {@link #ALL}
   * @param spec the metric and the strategy of the index
   * @param build builds it if this JVM has none
   */
  ShardIndex index(int shard, SearchSpec spec, Supplier<ShardIndex> build) {
    return slots
        .computeIfAbsent(new Key(shard, spec.metric(), spec.strategy()), key -> new Slot())
        .get(build);
  }

  /** Number of indexes that are held or being built. */
  int size() {
    return slots.size();
  }

  /** Number of indexes that this JVM holds for models whose broadcast it received. */
  static int live() {
    int indexes = 0;
    for (WeakReference<IndexLease> each : LIVE.values()) {
      IndexLease lease = each.get();
      indexes += lease == null ? 0 : lease.size();
    }
    return indexes;
  }

  /** Drops the indexes of this JVM; searches that run go on with theirs. */
  void clear() {
    slots.clear();
  }

  private Object readResolve() {
    LIVE.values().removeIf(each -> each.get() == null);
    slots = new ConcurrentHashMap<>();
    IndexLease live =
        LIVE.compute(
                id,
                (key, known) ->
                    known == null || known.get() == null ? new WeakReference<>(this) : known)
            .get();
    return live == null ? this : live;
  }

  private static final class Slot {
    private @Nullable ShardIndex index;

    synchronized ShardIndex get(Supplier<ShardIndex> build) {
      if (index == null) {
        index = build.get();
      }
      return index;
    }
  }
}
