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
final class IdPacker implements PairFlatMapFunction<Iterator<InternalRow>, Integer, Ids> {
  private static final long serialVersionUID = 1;

  private final IdType type;
  private final int shards;

  IdPacker(IdType type, int shards) {
    this.type = type;
    this.shards = shards;
  }

  @Override
  public Iterator<Tuple2<Integer, Ids>> call(Iterator<InternalRow> rows) {
    Ids.Builder[] named = new Ids.Builder[shards];
    Arrays.setAll(named, shard -> new Ids.Builder(type));
    Ids.Builder one = new Ids.Builder(type);
    while (rows.hasNext()) {
      InternalRow row = rows.next();
      if (!row.isNullAt(0)) {
        type.add(row, 0, one);
        Ids id = one.build();
        named[id.hash(0) % shards].add(id, 0);
      }
    }
    List<Tuple2<Integer, Ids>> packed = new ArrayList<>();
    for (int shard = 0; shard < shards; shard++) {
      if (named[shard].size() > 0) {
        packed.add(new Tuple2<>(shard, named[shard].build()));
      }
    }
    return packed.iterator();
  }

  /** The items of a shard that are named. */
  static Iterator<ItemBlock> keep(Iterator<ItemBlock> blocks, Iterator<Ids> named) {
    List<ItemBlock> kept = new ArrayList<>();
    if (!named.hasNext()) {
      return kept.iterator();
    }
    Ids wanted = ascending(named);
    blocks.forEachRemaining(
        block -> {
          ItemBlock some = keep(block, wanted);
          if (some.size() > 0) {
            kept.add(some);
          }
        });
    return kept.iterator();
  }

  private static Ids ascending(Iterator<Ids> named) {
    Ids first = named.next();
    Ids.Builder builder = Ids.Builder.like(first);
    for (Ids ids = first; ids != null; ids = named.hasNext() ? named.next() : null) {
      for (int i = 0; i < ids.size(); i++) {
        builder.add(ids, i);
      }
    }
    Ids all = builder.build();
    for (int place : all.ascending()) {
      builder.add(all, place);
    }
    return builder.build();
  }

  private static ItemBlock keep(ItemBlock block, Ids wanted) {
    int d = block.dimensions();
    Ids.Builder ids = Ids.Builder.like(wanted);
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
