package dev.slate.spark;

import it.unimi.dsi.fastutil.floats.FloatArrayList;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Queue;
import org.apache.spark.api.java.function.PairFlatMapFunction;
import org.apache.spark.sql.catalyst.InternalRow;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;

/**
 * Packs the rows of a partition into blocks, each for one shard. The shard is a hash of the id, so
 * that a recomputed partition fills the same shards with the same rows, and an id that is there
 * twice meets itself.
 *
 * <p>Rows are (id, features) or (id, features, bias).
 */
final class ItemPacker implements PairFlatMapFunction<Iterator<InternalRow>, Integer, ItemBlock> {
  private static final long serialVersionUID = 1;

  /**
   * Floats of a block, about: 256 KB, large enough to make the cost of an object small, and small
   * enough for a partition to hold one for each of hundreds of shards.
   */
  static final int BLOCK_FLOATS = 1 << 16;

  /** The most features that the kernel takes. */
  private static final int MAX_DIMENSIONS = 65_536;

  private final IdType type;
  private final FeatureColumn features;
  private final boolean biased;
  private final int shards;

  ItemPacker(IdType type, FeatureColumn features, boolean biased, int shards) {
    this.type = type;
    this.features = features;
    this.biased = biased;
    this.shards = shards;
  }

  @Override
  public Iterator<Tuple2<Integer, ItemBlock>> call(Iterator<InternalRow> rows) {
    return new Packing(rows);
  }

  static int rowsPerBlock(int d) {
    return Math.max(1, BLOCK_FLOATS / d);
  }

  private final class Packing implements Iterator<Tuple2<Integer, ItemBlock>> {
    private final Iterator<InternalRow> rows;
    private final Queue<Tuple2<Integer, ItemBlock>> full = new ArrayDeque<>();
    private final @Nullable Filling[] fillings = new Filling[shards];
    private final IdColumn.Builder one = new IdColumn.Builder(type);
    private @Nullable String firstId;
    private int d;

    Packing(Iterator<InternalRow> rows) {
      this.rows = rows;
    }

    @Override
    public boolean hasNext() {
      while (full.isEmpty() && rows.hasNext()) {
        add(rows.next());
        if (!rows.hasNext()) {
          flush();
        }
      }
      return !full.isEmpty();
    }

    @Override
    public Tuple2<Integer, ItemBlock> next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return full.remove();
    }

    private void flush() {
      for (int shard = 0; shard < shards; shard++) {
        Filling filling = fillings[shard];
        if (filling != null && filling.ids.size() > 0) {
          full.add(new Tuple2<>(shard, filling.block()));
        }
      }
    }

    private void add(InternalRow row) {
      if (row.isNullAt(0)) {
        throw new InputException("an item has no id: it is null");
      }
      type.add(row, 0, one);
      IdColumn id = one.build();
      if (type == IdType.STRING && !row.getUTF8String(0).isValid()) {
        throw new InputException("item " + id.toString(0) + ": this id is not valid UTF-8");
      }
      float[] vector = vector(row, id);
      int shard = id.hash(0) % shards;
      Filling filling = fillings[shard];
      if (filling == null) {
        filling = new Filling();
        fillings[shard] = filling;
      }
      filling.ids.add(id, 0);
      filling.rows.addElements(filling.rows.size(), vector);
      if (biased) {
        filling.biases.add(bias(row, id));
      }
      if (filling.ids.size() >= rowsPerBlock(d)) {
        full.add(new Tuple2<>(shard, filling.block()));
      }
    }

    private float[] vector(InternalRow row, IdColumn id) {
      float[] vector;
      try {
        vector = features.read(row);
      } catch (InputException e) {
        throw new InputException("item " + id.toString(0) + ": " + e.getMessage());
      }
      if (firstId == null) {
        firstId = id.toString(0);
        d = vector.length;
        if (d == 0) {
          throw new InputException("item " + firstId + ": has no features");
        }
        if (d > MAX_DIMENSIONS) {
          throw new InputException(
              "item " + firstId + ": has " + d + " features, but 65,536 are the most");
        }
      }
      if (vector.length != d) {
        throw SortedItems.differ(id.toString(0), vector.length, firstId, d);
      }
      return vector;
    }

    private float bias(InternalRow row, IdColumn id) {
      if (row.isNullAt(2)) {
        throw new InputException("item " + id.toString(0) + ": bias is null");
      }
      float bias = row.getFloat(2);
      if (!Float.isFinite(bias)) {
        throw new InputException("item " + id.toString(0) + ": bias is " + bias);
      }
      return bias;
    }
  }

  /** A block that fills. */
  private final class Filling {
    private final IdColumn.Builder ids = new IdColumn.Builder(type);
    private final FloatArrayList rows = new FloatArrayList();
    private final FloatArrayList biases = new FloatArrayList();

    ItemBlock block() {
      ItemBlock block =
          new ItemBlock(ids.build(), rows.toFloatArray(), biased ? biases.toFloatArray() : null);
      rows.clear();
      biases.clear();
      return block;
    }
  }
}
