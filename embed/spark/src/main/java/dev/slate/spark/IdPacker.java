package dev.slate.spark;

import it.unimi.dsi.fastutil.floats.FloatArrayList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.PairFlatMapFunction;
import org.apache.spark.sql.catalyst.InternalRow;
import scala.Tuple2;

/** Packs a column of ids for the shards of their items, and keeps the items that are named. */
final class IdPacker implements PairFlatMapFunction<Iterator<InternalRow>, Integer, IdColumn> {
  private static final long serialVersionUID = 1;

  private final IdType type;
  private final int shards;

  IdPacker(IdType type, int shards) {
    this.type = type;
    this.shards = shards;
  }

  @Override
  public Iterator<Tuple2<Integer, IdColumn>> call(Iterator<InternalRow> rows) {
    IdColumn.Builder[] named = new IdColumn.Builder[shards];
    Arrays.setAll(named, shard -> new IdColumn.Builder(type));
    IdColumn.Builder one = new IdColumn.Builder(type);
    while (rows.hasNext()) {
      InternalRow row = rows.next();
      if (!row.isNullAt(0)) {
        type.add(row, 0, one);
        IdColumn id = one.build();
        named[id.hash(0) % shards].add(id, 0);
      }
    }
    List<Tuple2<Integer, IdColumn>> packed = new ArrayList<>();
    for (int shard = 0; shard < shards; shard++) {
      if (named[shard].size() > 0) {
        packed.add(new Tuple2<>(shard, named[shard].build()));
      }
    }
    return packed.iterator();
  }

  /** The items of a shard that are named. */
  static Iterator<ItemBlock> keep(Iterator<ItemBlock> blocks, Iterator<IdColumn> named) {
    List<ItemBlock> kept = new ArrayList<>();
    if (!named.hasNext()) {
      return kept.iterator();
    }
    IdColumn wanted = ascending(named);
    blocks.forEachRemaining(
        block -> {
          ItemBlock some = keep(block, wanted);
          if (some.size() > 0) {
            kept.add(some);
          }
        });
    return kept.iterator();
  }

  private static IdColumn ascending(Iterator<IdColumn> named) {
    IdColumn first = named.next();
    IdColumn.Builder builder = IdColumn.Builder.like(first);
    for (IdColumn ids = first; ids != null; ids = named.hasNext() ? named.next() : null) {
      for (int i = 0; i < ids.size(); i++) {
        builder.add(ids, i);
      }
    }
    IdColumn all = builder.build();
    for (int place : all.ascending()) {
      builder.add(all, place);
    }
    return builder.build();
  }

  private static ItemBlock keep(ItemBlock block, IdColumn wanted) {
    int d = block.dimensions();
    IdColumn.Builder ids = IdColumn.Builder.like(wanted);
    FloatArrayList rows = new FloatArrayList();
    FloatArrayList biases = new FloatArrayList();
    float[] all = block.biases();
    for (int i = 0; i < block.size(); i++) {
      if (wanted.find(block.ids(), i) >= 0) {
        ids.add(block.ids(), i);
        rows.addElements(rows.size(), block.rows(), i * d, d);
        if (all != null) {
          biases.add(all[i]);
        }
      }
    }
    return new ItemBlock(
        ids.build(), rows.toFloatArray(), all == null ? null : biases.toFloatArray());
  }
}
