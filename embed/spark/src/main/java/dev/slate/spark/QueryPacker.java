package dev.slate.spark;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Queue;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.types.StructType;
import scala.Tuple2;

/**
 * Packs the queries of a partition into blocks and sends each block to a task of every shard. One
 * of the copies carries the whole rows, so that a row and its answers come from one reading of the
 * partition.
 *
 * <p>Blocks are numbered. If a part of the queries is computed again, a number must mean the same
 * rows; where Spark does not promise an order of rows, they are sorted by their bytes first. Each
 * block has a {@link Fingerprint}, by which the merge notices that a number meant other rows.
 */
final class QueryPacker
    implements Function2<Integer, Iterator<InternalRow>, Iterator<Tuple2<Integer, QueryBlock>>> {
  private static final long serialVersionUID = 1;

  private final StructType schema;
  private final QueryColumns columns;
  private final IdType idType;
  private final int blockSize;
  private final int shards;
  private final int slices;
  private final boolean ordered;

  /**
   * Describes the packing.
   *
   * @param slices tasks that share the queries of a shard
   * @param ordered whether a partition's rows come in the same order whenever it is computed
   */
  QueryPacker(
      StructType schema,
      QueryColumns columns,
      IdType idType,
      int blockSize,
      int shards,
      int slices,
      boolean ordered) {
    this.schema = schema;
    this.columns = columns;
    this.idType = idType;
    this.blockSize = blockSize;
    this.shards = shards;
    this.slices = slices;
    this.ordered = ordered;
  }

  @Override
  public Iterator<Tuple2<Integer, QueryBlock>> call(Integer partition, Iterator<InternalRow> rows) {
    UnsafeProjection projection = UnsafeProjection.create(schema);
    Iterator<UnsafeRow> binary =
        new Iterator<>() {
          @Override
          public boolean hasNext() {
            return rows.hasNext();
          }

          @Override
          public UnsafeRow next() {
            InternalRow row = rows.next();
            return row instanceof UnsafeRow already ? already : projection.apply(row);
          }
        };
    return new Packing(partition, ordered ? binary : sorted(binary));
  }

  /**
   * The bytes of a row, which stay as they are. Without the copy they may be Spark's own buffer: it
   * is handed out where the row fills it, and the next row overwrites it.
   */
  private static byte[] bytes(UnsafeRow row) {
    return row.copy().getBytes();
  }

  private Iterator<UnsafeRow> sorted(Iterator<UnsafeRow> rows) {
    List<byte[]> all = new ArrayList<>();
    rows.forEachRemaining(row -> all.add(bytes(row)));
    all.sort(Arrays::compareUnsigned);
    UnsafeRow row = new UnsafeRow(schema.length());
    return all.stream()
        .map(
            bytes -> {
              row.pointTo(bytes, bytes.length);
              return row;
            })
        .iterator();
  }

  private final class Packing implements Iterator<Tuple2<Integer, QueryBlock>> {
    private final int partition;
    private final Iterator<UnsafeRow> rows;
    private final QueryBatch batch = new QueryBatch(columns, idType);
    private final List<byte[]> whole = new ArrayList<>();
    private final Queue<Tuple2<Integer, QueryBlock>> packed = new ArrayDeque<>();
    private Fingerprint fingerprint = Fingerprint.NONE;
    private int number;

    Packing(int partition, Iterator<UnsafeRow> rows) {
      this.partition = partition;
      this.rows = rows;
    }

    @Override
    public boolean hasNext() {
      if (packed.isEmpty() && rows.hasNext()) {
        pack();
      }
      return !packed.isEmpty();
    }

    @Override
    public Tuple2<Integer, QueryBlock> next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return packed.remove();
    }

    private void pack() {
      while (rows.hasNext() && batch.size() < blockSize) {
        UnsafeRow row = rows.next();
        batch.add(row);
        whole.add(bytes(row));
      }
      byte[][] bytes = whole.toArray(byte[][]::new);
      fingerprint = fingerprint.next(bytes, !rows.hasNext());
      QueryBlock block = batch.block(partition, number, fingerprint, bytes);
      QueryBlock light = block.withoutRows();
      whole.clear();
      // Partitions begin with different slices: many small ones fill all of them.
      int spread = Math.floorMod(partition + number, Integer.MAX_VALUE);
      int carrier = spread % shards;
      int slice = spread % slices;
      for (int shard = 0; shard < shards; shard++) {
        packed.add(new Tuple2<>(shard * slices + slice, shard == carrier ? block : light));
      }
      number++;
    }
  }
}
