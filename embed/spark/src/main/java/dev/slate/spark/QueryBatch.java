package dev.slate.spark;

import it.unimi.dsi.fastutil.floats.FloatArrayList;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import java.util.Objects;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.jspecify.annotations.Nullable;

/** Collects queries to be searched together. */
final class QueryBatch {
  private final QueryColumns columns;
  private final FloatArrayList vectors = new FloatArrayList();
  private final IdColumn.@Nullable Builder denied;
  private final IntArrayList deniedEnds = new IntArrayList();
  private int size;

  QueryBatch(QueryColumns columns, IdType idType) {
    this.columns = columns;
    this.denied = columns.denies() ? new IdColumn.Builder(idType) : null;
  }

  int size() {
    return size;
  }

  void add(Row row) {
    vectors.addElements(vectors.size(), columns.vector(row));
    if (denied != null) {
      columns.addDenied(row, denied);
    }
    end();
  }

  void add(InternalRow row) {
    vectors.addElements(vectors.size(), columns.vector(row));
    if (denied != null) {
      columns.addDenied(row, denied);
    }
    end();
  }

  private void end() {
    if (denied != null) {
      deniedEnds.add(denied.size());
    }
    size++;
  }

  /** Ends the batch; the next one begins. */
  QueryBlock block(int partition, int number, Fingerprint fingerprint, byte @Nullable [][] rows) {
    QueryBlock.Denied denies =
        columns.denies()
            ? new QueryBlock.Denied(Objects.requireNonNull(denied).build(), deniedEnds.toIntArray())
            : null;
    QueryBlock block =
        new QueryBlock(partition, number, fingerprint, size, vectors.toFloatArray(), denies, rows);
    vectors.clear();
    deniedEnds.clear();
    size = 0;
    return block;
  }
}
