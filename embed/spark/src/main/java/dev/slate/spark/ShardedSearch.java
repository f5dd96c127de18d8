package dev.slate.spark;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.rdd.DeterministicLevel;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.JoinedRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * Appends answers to rows, from shards that stay where they are: queries go to all shards (one
 * shuffle), answers come back to be merged (another).
 *
 * <p>Rows travel in Spark's binary form, and the result is a frame of that form. Spark's public
 * interface would turn each row into objects and back twice.
 */
final class ShardedSearch {
  /**
   * Answers to a block that wait to be merged. Chosen: with hundreds of shards a task holds a few
   * times the answers that it returns, and merges each answer few times.
   */
  private static final int MERGED_TOGETHER = 8;

  private final ItemStore store;
  private final SearchSpec spec;

  ShardedSearch(ItemStore store, SearchSpec spec) {
    this.store = store;
    this.spec = spec;
  }

  /**
   * Plans the search. Where a plan of the queries is adaptive, its shuffles run now.
   *
   * @param output the schema of the queries and the column of answers
   */
  Dataset<Row> search(Dataset<?> queries, QueryColumns columns, StructType output) {
    if (queries.isStreaming()) {
      throw new InputException(
          "the queries are a stream, and the items are sharded: call transform in foreachBatch");
    }
    RDD<InternalRow> rows = queries.queryExecution().toRdd();
    int shards = store.shards.getNumPartitions();
    int slices = Math.max(1, Math.ceilDiv(rows.context().defaultParallelism(), shards));
    boolean ordered = rows.outputDeterministicLevel().equals(DeterministicLevel.DETERMINATE());
    QueryPacker packer =
        new QueryPacker(
            queries.schema(), columns, store.idType, spec.blockSize(), shards, slices, ordered);
    JavaRDD<QueryBlock> blocks =
        rows.toJavaRDD()
            .mapPartitionsWithIndex(packer, false)
            .mapToPair(each -> each)
            .partitionBy(new DirectPartitioner(shards * slices))
            .values();
    Merging merging = new Merging(queries.schema().length(), shards, spec, store.idType);
    RDD<InternalRow> answered =
        new ShardSearchRdd(rows.context(), store, blocks.rdd(), slices, spec)
            .toJavaRDD()
            .mapToPair(each -> each)
            .partitionBy(new DirectPartitioner(Math.max(1, rows.getNumPartitions())))
            .values()
            .mapPartitions(merging::merge)
            .rdd();
    SparkSession session = (SparkSession) queries.sparkSession();
    return session.internalCreateDataFrame(answered, output, false);
  }

  /**
   * Merges what shards answered to the queries of a partition.
   *
   * <p>If an executor is lost between two searches, the later one is asked the queries as they were
   * computed again. Answers are merged only if all searches were asked the same rows, which the
   * fingerprints of their blocks tell.
   */
  static final class Merging implements java.io.Serializable {
    private static final long serialVersionUID = 1;

    private final int columns;
    private final int shards;
    private final SearchSpec spec;
    private final IdType idType;

    Merging(int columns, int shards, SearchSpec spec, IdType idType) {
      this.columns = columns;
      this.shards = shards;
      this.spec = spec;
      this.idType = idType;
    }

    Iterator<InternalRow> merge(Iterator<ShardAnswers> answers) {
      TreeMap<Integer, Gathered> blocks = new TreeMap<>();
      answers.forEachRemaining(
          each -> blocks.computeIfAbsent(each.number(), number -> new Gathered()).add(each));
      checkOneReading(blocks);
      return List.copyOf(blocks.keySet()).stream()
          .flatMap(number -> rows(Objects.requireNonNull(blocks.remove(number))).stream())
          .iterator();
    }

    /** What shards have answered to a block of queries. */
    private final class Gathered {
      private final Merge merge = new Merge(spec.metric(), spec.k());
      private final List<Answers> some = new ArrayList<>();
      private byte @Nullable [][] rows;
      private Fingerprint fingerprint = Fingerprint.NONE;
      private int answered;

      void add(ShardAnswers answers) {
        if (answered > 0 && !answers.fingerprint().equals(fingerprint)) {
          throw differ();
        }
        fingerprint = answers.fingerprint();
        if (some.size() == MERGED_TOGETHER) {
          Answers best = merge.merge(some);
          some.clear();
          some.add(best);
        }
        some.add(answers.answers());
        if (answers.rows() != null) {
          rows = answers.rows();
        }
        answered++;
      }
    }

    /** Refuses blocks that some shards were not asked, or that come from several readings. */
    private void checkOneReading(SortedMap<Integer, Gathered> blocks) {
      Fingerprint known = Fingerprint.NONE;
      int expected = 0;
      for (Map.Entry<Integer, Gathered> each : blocks.entrySet()) {
        Gathered block = each.getValue();
        if (each.getKey() != expected++
            || block.answered < shards
            || block.fingerprint.before() != known.after()) {
          throw differ();
        }
        known = block.fingerprint;
        if (known.last() != (expected == blocks.size())) {
          throw differ();
        }
      }
    }

    private static InputException differ() {
      return new InputException(
          "the queries were computed again after a loss, and differ from before: checkpoint them,"
              + " or write them to files and read those");
    }

    private List<InternalRow> rows(Gathered block) {
      byte[][] rows = block.rows;
      if (block.answered != shards || rows == null) {
        throw new IllegalStateException(
            block.answered + " of " + shards + " shards answered, which is a bug");
      }
      Answers merged = block.merge.merge(block.some);
      List<InternalRow> out = new ArrayList<>(rows.length);
      for (int i = 0; i < rows.length; i++) {
        UnsafeRow row = new UnsafeRow(columns);
        row.pointTo(rows[i], rows[i].length);
        Object[] appended = {new GenericArrayData(items(merged, i))};
        out.add(new JoinedRow(row, new GenericInternalRow(appended)));
      }
      return out;
    }

    private Object[] items(Answers answers, int query) {
      int start = answers.start(query);
      Object[] items = new Object[answers.ends()[query] - start];
      for (int i = 0; i < items.length; i++) {
        Object[] item = {idType.internal(answers.ids(), start + i), answers.scores()[start + i]};
        items[i] = new GenericInternalRow(item);
      }
      return items;
    }
  }
}
