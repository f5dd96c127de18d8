package dev.slate.spark;

import java.util.Iterator;
import java.util.List;
import org.apache.spark.Dependency;
import org.apache.spark.InterruptibleIterator;
import org.apache.spark.NarrowDependency;
import org.apache.spark.OneToOneDependency;
import org.apache.spark.Partition;
import org.apache.spark.SparkContext;
import org.apache.spark.TaskContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.rdd.RDD;
import org.apache.spark.util.LongAccumulator;
import scala.Tuple2;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag$;

/**
 * Searches shards where they lie. Several partitions, one for each slice of the queries, read the
 * same shard, which no transformation of Spark's own offers; as the shard comes first among the
 * dependencies, Spark runs their tasks where it is kept. The first of them builds the index.
 *
 * <p>Elements are (partition of the queries, answers).
 */
final class ShardSearchRdd extends RDD<Tuple2<Integer, ShardAnswers>> {
  private static final long serialVersionUID = 1;

  private final RDD<ItemBlock> shards;
  private final RDD<QueryBlock> queries;
  private final int slices;
  private final Broadcast<IndexLease> lease;
  private final SearchSpec spec;
  private final IdType idType;
  private final LongAccumulator built;

  /**
   * Joins shards and queries.
   *
   * @param queries partition {@code shard x slices + slice} holds what a task asks its shard
   */
  ShardSearchRdd(
      SparkContext context, ItemStore store, RDD<QueryBlock> queries, int slices, SearchSpec spec) {
    super(
        context,
        dependencies(store.shards.rdd(), queries, slices),
        ClassTag$.MODULE$.apply(Tuple2.class));
    this.shards = store.shards.rdd();
    this.queries = queries;
    this.slices = slices;
    this.lease = store.lease();
    this.spec = spec;
    this.idType = store.idType;
    this.built = store.indexesBuilt;
  }

  private static Seq<Dependency<?>> dependencies(
      RDD<ItemBlock> shards, RDD<QueryBlock> queries, int slices) {
    return seq(List.of(new ShardDependency(shards, slices), new OneToOneDependency<>(queries)));
  }

  private static <T> Seq<T> seq(List<T> list) {
    return CollectionConverters.asScala(list).toSeq();
  }

  private static final class ShardDependency extends NarrowDependency<ItemBlock> {
    private static final long serialVersionUID = 1;

    private final int slices;

    ShardDependency(RDD<ItemBlock> shards, int slices) {
      super(shards);
      this.slices = slices;
    }

    @Override
    public Seq<Object> getParents(int partition) {
      return seq(List.of(partition / slices));
    }
  }

  private record Slice(int index, Partition shard, Partition queries) implements Partition {
    private static final long serialVersionUID = 1;

    @Override
    public boolean equals(Object other) {
      return other instanceof Slice that && that.index == index;
    }

    @Override
    public int hashCode() {
      return index;
    }
  }

  @Override
  public Partition[] getPartitions() {
    Partition[] held = shards.partitions();
    Partition[] asked = queries.partitions();
    Partition[] all = new Partition[asked.length];
    for (int i = 0; i < all.length; i++) {
      all[i] = new Slice(i, held[i / slices], asked[i]);
    }
    return all;
  }

  @Override
  public scala.collection.Iterator<Tuple2<Integer, ShardAnswers>> compute(
      Partition partition, TaskContext context) {
    Slice slice = (Slice) partition;
    Iterator<QueryBlock> blocks =
        CollectionConverters.asJava(queries.iterator(slice.queries, context));
    if (!blocks.hasNext()) {
      return scala.collection.Iterator$.MODULE$.empty();
    }
    ShardIndex index =
        lease.value().index(slice.shard.index(), spec, () -> build(slice.shard, context));
    BlockSearch search = new BlockSearch(index, spec);
    Iterator<Tuple2<Integer, ShardAnswers>> answers =
        new Iterator<>() {
          @Override
          public boolean hasNext() {
            return blocks.hasNext();
          }

          @Override
          public Tuple2<Integer, ShardAnswers> next() {
            QueryBlock block = blocks.next();
            Answers found = search.search(block.size(), block.vectors(), block.denied(), idType);
            return new Tuple2<>(block.partition(), ShardAnswers.of(block, found));
          }
        };
    // A task that lost against its copy ends after the block that it searches.
    return new InterruptibleIterator<>(context, CollectionConverters.asScala(answers));
  }

  private ShardIndex build(Partition shard, TaskContext context) {
    built.add(1);
    Iterator<ItemBlock> blocks = CollectionConverters.asJava(shards.iterator(shard, context));
    return ShardIndex.of(ItemStore.gather(blocks), spec);
  }
}
