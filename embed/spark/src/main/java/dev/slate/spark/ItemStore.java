package dev.slate.spark;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.CollectionAccumulator;
import org.apache.spark.util.LongAccumulator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The items of a model: shards, sorted by id, on the disks of the executors; and, where they are
 * replicated, a broadcast of all of them. Lives in the driver.
 */
final class ItemStore {
  private static final Logger LOG = LoggerFactory.getLogger(ItemStore.class);

  private static final String MODULE = "jdk.incubator.vector";

  final JavaRDD<ItemBlock> shards;
  final IdType idType;
  final boolean biased;
  final Size size;
  final LongAccumulator indexesBuilt;

  private final JavaSparkContext spark;
  private @Nullable Broadcast<ItemBlock[]> replica;
  private @Nullable Broadcast<IndexLease> lease;

  /**
   * How large the items are.
   *
   * @param n number of items
   * @param d number of features, 0 where there are no items
   * @param idBytes heap that the ids take
   */
  record Size(long n, int d, long idBytes) {}

  @DefaultSerializer(JavaSerializer.class)
  private record ShardSize(long n, int d, long idBytes, String firstId) implements Serializable {
    private static final long serialVersionUID = 1;
  }

  private ItemStore(
      JavaSparkContext spark, JavaRDD<ItemBlock> shards, IdType idType, boolean biased, Size size) {
    this.spark = spark;
    this.shards = shards;
    this.idType = idType;
    this.biased = biased;
    this.size = size;
    this.indexesBuilt = spark.sc().longAccumulator("slate indexes built");
    this.lease = spark.broadcast(new IndexLease());
  }

  /**
   * Shards items. One shuffle of all items, and a sort of each shard in the memory of an executor.
   *
   * @param biasCol may be null
   * @throws InputException if an item cannot be used, naming its id
   */
  static ItemStore of(
      Dataset<?> items,
      String idCol,
      String featuresCol,
      @Nullable String biasCol,
      boolean densify,
      int shardsWanted) {
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(items.sparkSession().sparkContext());
    int shards = shardsWanted > 0 ? shardsWanted : Cluster.executors(spark);
    StructType schema = items.schema();
    IdType idType = IdType.of(Columns.field(schema, idCol).dataType(), idCol);
    FeatureColumn found = FeatureColumn.in(schema, featuresCol, densify);
    FeatureColumn features = new FeatureColumn(1, found.name(), found.kind(), found.densify());
    List<Column> columns = new ArrayList<>();
    columns.add(Columns.named(idCol));
    columns.add(Columns.named(featuresCol));
    if (biasCol != null) {
      Columns.checkNumeric(schema, biasCol);
      columns.add(Columns.named(biasCol).cast("float"));
    }
    Dataset<Row> packed = items.select(columns.toArray(Column[]::new));
    ItemPacker packer = new ItemPacker(idType, features, biasCol != null, shards);
    JavaRDD<ItemBlock> blocks =
        packed
            .queryExecution()
            .toRdd()
            .toJavaRDD()
            .mapPartitionsToPair(packer)
            .partitionBy(new DirectPartitioner(shards))
            .values();
    return of(spark, blocks, idType, biasCol != null);
  }

  /** Sorts blocks that lie in their shards, and keeps them. */
  private static ItemStore of(
      JavaSparkContext spark, JavaRDD<ItemBlock> blocks, IdType idType, boolean biased) {
    CollectionAccumulator<String> scalar =
        spark.sc().collectionAccumulator("slate without " + MODULE);
    JavaRDD<ItemBlock> sorted =
        blocks
            .mapPartitions(each -> sort(each, scalar), true)
            .setName("slate items")
            .persist(StorageLevel.DISK_ONLY());
    Size size;
    try {
      size = total(sorted.mapPartitions(each -> List.of(measure(each)).iterator()).collect());
    } catch (Exception e) {
      // Spark throws checked exceptions that Scala does not declare.
      sorted.unpersist(false);
      throw InputException.of(e);
    }
    scalar.value().stream()
        .distinct()
        .sorted()
        .forEach(
            executor ->
                LOG.warn(
                    "{} lacks the module {}: answers are the same, but the scalar kernel is slow;"
                        + " start it with --add-modules {}",
                    executor,
                    MODULE,
                    MODULE));
    return new ItemStore(spark, sorted, idType, biased, size);
  }

  private static Size total(List<ShardSize> sizes) {
    long n = 0;
    long idBytes = 0;
    ShardSize first = null;
    for (ShardSize each : sizes) {
      if (each.n > 0 && first == null) {
        first = each;
      }
      if (first != null && each.n > 0 && each.d != first.d) {
        throw SortedItems.differ(each.firstId, each.d, first.firstId, first.d);
      }
      n += each.n;
      idBytes += each.idBytes;
    }
    return new Size(n, first == null ? 0 : first.d, idBytes);
  }

  private static Iterator<ItemBlock> sort(
      Iterator<ItemBlock> blocks, CollectionAccumulator<String> scalar) {
    if (ModuleLayer.boot().findModule(MODULE).isEmpty()) {
      scalar.add("executor " + SparkEnv.get().executorId());
    }
    List<ItemBlock> all = gather(blocks);
    if (all.isEmpty()) {
      return all.iterator();
    }
    SortedItems items = new SortedItems(all);
    return items.inBlocks(ItemPacker.rowsPerBlock(items.dimensions()));
  }

  private static ShardSize measure(Iterator<ItemBlock> blocks) {
    ShardSize size = new ShardSize(0, 0, 0, "");
    while (blocks.hasNext()) {
      ItemBlock block = blocks.next();
      size =
          new ShardSize(
              size.n + block.size(),
              block.dimensions(),
              size.idBytes + block.ids().heapBytes(),
              size.n == 0 ? block.ids().toString(0) : size.firstId);
    }
    return size;
  }

  static List<ItemBlock> gather(Iterator<ItemBlock> blocks) {
    List<ItemBlock> all = new ArrayList<>();
    blocks.forEachRemaining(all::add);
    return all;
  }

  /**
   * A store of those items whose ids are in a column. The shards stay where they are; only the ids
   * are shuffled.
   */
  ItemStore restrictedTo(Dataset<?> ids, String idCol) {
    IdType type = IdType.of(Columns.field(ids.schema(), idCol).dataType(), idCol);
    if (type != idType) {
      throw new InputException(
          idCol
              + ": ids are "
              + type.dataType().simpleString()
              + ", but those of the items are "
              + idType.dataType().simpleString());
    }
    int count = shards.getNumPartitions();
    JavaRDD<IdColumn> wanted =
        ids.select(Columns.named(idCol))
            .queryExecution()
            .toRdd()
            .toJavaRDD()
            .mapPartitionsToPair(new IdPacker(type, count))
            .partitionBy(new DirectPartitioner(count))
            .values();
    JavaRDD<ItemBlock> kept = shards.zipPartitions(wanted, IdPacker::keep);
    return of(spark, kept, idType, biased);
  }

  /** Whether answers come from a copy of all items in each executor. */
  boolean replicated() {
    return replica != null;
  }

  /** Whether a copy of all items fits each executor. */
  boolean fitsExecutors() {
    return Cluster.holdsCopy(spark, size);
  }

  /** Broadcasts all items, unless that was done. The driver collects them. */
  void replicate() {
    if (replica == null) {
      replica = spark.broadcast(shards.collect().toArray(ItemBlock[]::new));
    }
  }

  Broadcast<ItemBlock[]> replica() {
    if (replica == null) {
      throw released();
    }
    return replica;
  }

  Broadcast<IndexLease> lease() {
    if (lease == null) {
      throw released();
    }
    return lease;
  }

  private static IllegalStateException released() {
    return new IllegalStateException("the model was unpersisted");
  }

  /** Frees indexes, copies and shards, in the driver and in all executors. */
  void release(boolean blocking) {
    if (lease != null) {
      // In local mode the driver's own lease is the one that tasks fill.
      lease.value().clear();
      lease.destroy();
      lease = null;
    }
    if (replica != null) {
      replica.destroy();
      replica = null;
    }
    shards.unpersist(blocking);
  }
}
