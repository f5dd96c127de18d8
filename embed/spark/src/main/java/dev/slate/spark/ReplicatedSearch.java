package dev.slate.spark;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Queue;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.util.LongAccumulator;
import scala.collection.immutable.ArraySeq;

/** Appends answers to rows, from the copy of all items in this executor. */
final class ReplicatedSearch implements MapPartitionsFunction<Row, Row> {
  private static final long serialVersionUID = 1;

  private final Broadcast<ItemBlock[]> items;
  private final Broadcast<IndexLease> lease;
  private final SearchSpec spec;
  private final QueryColumns columns;
  private final IdType idType;
  private final LongAccumulator built;

  ReplicatedSearch(ItemStore store, SearchSpec spec, QueryColumns columns) {
    this.items = store.replica();
    this.lease = store.lease();
    this.spec = spec;
    this.columns = columns;
    this.idType = store.idType;
    this.built = store.indexesBuilt;
  }

  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    return rows.hasNext() ? new Answering(rows) : rows;
  }

  private ShardIndex build() {
    built.add(1);
    return ShardIndex.of(Arrays.asList(items.value()), spec);
  }

  private final class Answering implements Iterator<Row> {
    private final Iterator<Row> rows;
    private final QueryBatch batch = new QueryBatch(columns, idType);
    private final List<Row> asked = new ArrayList<>();
    private final Queue<Row> answered = new ArrayDeque<>();
    private final BlockSearch search;

    Answering(Iterator<Row> rows) {
      this.rows = rows;
      this.search =
          new BlockSearch(
              lease.value().index(IndexLease.ALL, spec, ReplicatedSearch.this::build), spec);
    }

    @Override
    public boolean hasNext() {
      if (answered.isEmpty() && rows.hasNext()) {
        answer();
      }
      return !answered.isEmpty();
    }

    @Override
    public Row next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return answered.remove();
    }

    private void answer() {
      while (rows.hasNext() && asked.size() < spec.blockSize()) {
        Row row = rows.next();
        asked.add(row);
        batch.add(row);
      }
      QueryBlock block = batch.block(0, 0, Fingerprint.NONE, null);
      Answers answers = search.search(block.size(), block.vectors(), block.denied(), idType);
      for (int i = 0; i < asked.size(); i++) {
        answered.add(with(asked.get(i), answers, i));
      }
      asked.clear();
    }
  }

  private Row with(Row row, Answers answers, int query) {
    Object[] values = new Object[row.size() + 1];
    for (int i = 0; i < row.size(); i++) {
      values[i] = row.get(i);
    }
    int start = answers.start(query);
    Object[] items = new Object[answers.ends()[query] - start];
    for (int i = 0; i < items.length; i++) {
      items[i] =
          RowFactory.create(idType.external(answers.ids(), start + i), answers.scores()[start + i]);
    }
    values[row.size()] = ArraySeq.unsafeWrapArray(items);
    return RowFactory.create(values);
  }
}
