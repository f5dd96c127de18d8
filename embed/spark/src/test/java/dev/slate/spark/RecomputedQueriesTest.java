package dev.slate.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slate.kernel.Metric;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeArrayData;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import scala.Tuple2;

/**
 * Queries that are computed again while shards are asked, as after the loss of an executor: the
 * same rows give the same answers, other rows an error.
 */
final class RecomputedQueriesTest {
  private static final int SHARDS = 2;
  private static final int SLICES = 2;
  private static final int BLOCK = 3;

  private static final StructType SCHEMA =
      new StructType()
          .add("user", DataTypes.IntegerType)
          .add("features", DataTypes.createArrayType(DataTypes.FloatType))
          .add("seen", DataTypes.createArrayType(DataTypes.LongType));

  private static final SearchSpec SPEC =
      new SearchSpec(Metric.DOT, SearchSpec.AUTO, 4, Float.NaN, BLOCK);

  private static InternalRow row(int user, float feature, long seen) {
    Object[] values = {
      user,
      UnsafeArrayData.fromPrimitiveArray(new float[] {feature, 1}),
      UnsafeArrayData.fromPrimitiveArray(new long[] {seen})
    };
    return new GenericInternalRow(values);
  }

  private static List<InternalRow> users(int... users) {
    return IntStream.of(users).mapToObj(user -> row(user, user * 2f, user * 3L)).toList();
  }

  private static List<InternalRow> with(List<InternalRow> rows, int place, InternalRow row) {
    List<InternalRow> changed = new ArrayList<>(rows);
    changed.set(place, row);
    return changed;
  }

  /** What each task is asked, by the number of its partition. */
  private static Map<Integer, List<QueryBlock>> packed(List<InternalRow> rows, boolean ordered) {
    QueryColumns columns =
        new QueryColumns(
            SCHEMA, FeatureColumn.in(SCHEMA, "features", false), "seen", IdType.LONG, 2);
    QueryPacker packer =
        new QueryPacker(SCHEMA, columns, IdType.LONG, BLOCK, SHARDS, SLICES, ordered);
    Map<Integer, List<QueryBlock>> tasks = new TreeMap<>();
    Iterator<Tuple2<Integer, QueryBlock>> blocks = packer.call(0, rows.iterator());
    while (blocks.hasNext()) {
      Tuple2<Integer, QueryBlock> each = blocks.next();
      tasks.computeIfAbsent(each._1(), task -> new ArrayList<>()).add(each._2());
    }
    return tasks;
  }

  /**
   * Users whose rows are answered if some tasks read the queries before a loss and others after.
   */
  private static List<Integer> merged(
      List<InternalRow> before, List<InternalRow> after, boolean ordered, boolean... isAfter) {
    Map<Integer, List<QueryBlock>> first = packed(before, ordered);
    Map<Integer, List<QueryBlock>> second = packed(after, ordered);
    BlockSearch search = new BlockSearch(new ShardIndex(null, null), SPEC);
    List<ShardAnswers> answers = new ArrayList<>();
    for (int task = 0; task < SHARDS * SLICES; task++) {
      for (QueryBlock block : (isAfter[task] ? second : first).getOrDefault(task, List.of())) {
        Answers found = search.search(block.size(), block.vectors(), block.denied(), IdType.LONG);
        answers.add(ShardAnswers.of(block, found));
      }
    }
    Collections.shuffle(answers, new Random(71));
    List<Integer> users = new ArrayList<>();
    new ShardedSearch.Merging(SCHEMA.length(), SHARDS, SPEC, IdType.LONG)
        .merge(answers.iterator())
        .forEachRemaining(row -> users.add(row.getInt(0)));
    return users;
  }

  private static void assertRefused(
      List<InternalRow> before, List<InternalRow> after, boolean ordered, boolean... isAfter) {
    InputException refused =
        assertThrows(InputException.class, () -> merged(before, after, ordered, isAfter));
    assertTrue(
        String.valueOf(refused.getMessage())
            .startsWith("the queries were computed again after a loss, and differ"),
        refused.getMessage());
  }

  /** The queries are computed again after the first shard was asked, and before the second is. */
  private static void refusesBetweenShards(
      List<InternalRow> one, List<InternalRow> other, boolean ordered) {
    assertRefused(one, other, ordered, false, false, true, true);
    assertRefused(other, one, ordered, false, false, true, true);
  }

  /** The same between the slices of the shards, which agree about each block. */
  private static void refusesBetweenSlices(
      List<InternalRow> one, List<InternalRow> other, boolean ordered) {
    assertRefused(one, other, ordered, false, true, false, true);
    assertRefused(other, one, ordered, false, true, false, true);
  }

  @Test
  void theSameRowsAreMerged() {
    List<InternalRow> rows = users(0, 1, 2, 3, 4, 5, 6, 7);
    assertEquals(
        List.of(0, 1, 2, 3, 4, 5, 6, 7), merged(rows, rows, true, false, true, true, false));
    List<Integer> sorted =
        merged(rows, users(7, 3, 5, 1, 0, 2, 4, 6), false, false, true, true, true);
    assertEquals(8, sorted.size());
    assertEquals(List.of(0, 1, 2, 3, 4, 5, 6, 7), sorted.stream().sorted().toList());
    assertEquals(List.of(), merged(List.of(), List.of(), true, false, true, false, true));
  }

  @Test
  void rowsInAnotherOrderAreRefused() {
    List<InternalRow> rows = users(0, 1, 2, 3, 4, 5, 6, 7);
    for (List<InternalRow> other :
        List.of(
            users(1, 0, 2, 3, 4, 5, 6, 7),
            users(0, 1, 3, 2, 4, 5, 6, 7),
            users(0, 1, 2, 3, 4, 7, 6, 5))) {
      refusesBetweenShards(rows, other, true);
      refusesBetweenSlices(rows, other, true);
    }
    refusesBetweenShards(rows, users(0, 1, 2, 3, 4, 5, 7, 6), true);
  }

  @Test
  void otherRowsAreRefused() {
    List<InternalRow> rows = users(0, 1, 2, 3, 4, 5, 6, 7);
    for (boolean ordered : new boolean[] {true, false}) {
      for (int place : new int[] {0, 3, 7}) {
        Stream.of(
                row(place, 99, place * 3L),
                row(place, place * 2f, 99),
                row(99, place * 2f, place * 3L))
            .forEach(other -> refusesBetweenShards(rows, with(rows, place, other), ordered));
      }
      refusesBetweenSlices(rows, with(rows, 0, row(0, 99, 0)), ordered);
      refusesBetweenSlices(rows, with(rows, 3, row(3, 99, 9)), ordered);
      refusesBetweenShards(rows, users(4, 5, 6, 7, 8, 9, 10, 11), ordered);
      refusesBetweenSlices(rows, users(4, 5, 6, 7, 8, 9, 10, 11), ordered);
    }
  }

  @Test
  void moreAndFewerRowsAreRefused() {
    List<InternalRow> rows = users(0, 1, 2, 3, 4, 5);
    for (boolean ordered : new boolean[] {true, false}) {
      refusesBetweenShards(rows, users(0, 1, 2, 3, 4), ordered);
      for (List<InternalRow> other :
          List.of(users(0, 1, 2, 3, 4, 5, 6), users(0, 1, 2), List.<InternalRow>of())) {
        refusesBetweenShards(rows, other, ordered);
        refusesBetweenSlices(rows, other, ordered);
      }
    }
  }

  @Test
  void partsThatAreTheSameInBothReadingsAreMerged() {
    List<InternalRow> rows = users(0, 1, 2, 3, 4, 5, 6, 7);
    // The second slice holds the second block only, which is the same.
    List<InternalRow> other = with(rows, 7, row(9, 1, 2));
    assertEquals(
        List.of(0, 1, 2, 3, 4, 5, 6, 7), merged(rows, other, true, false, true, false, true));
    assertEquals(
        List.of(0, 1, 2, 3, 4, 5, 6, 9), merged(other, rows, true, false, true, false, true));
  }
}
