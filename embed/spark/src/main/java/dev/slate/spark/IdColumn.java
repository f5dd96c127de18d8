package dev.slate.spark;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import it.unimi.dsi.fastutil.ints.IntArrays;
import it.unimi.dsi.fastutil.longs.LongArrays;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A column of ids, all numbers or all texts in UTF-8. Immutable. */
@DefaultSerializer(JavaSerializer.class)
final class IdColumn implements Serializable {
  private static final long serialVersionUID = 1;

  private final long @Nullable [] numbers;
  private final byte @Nullable [][] texts;

  private IdColumn(long @Nullable [] numbers, byte @Nullable [][] texts) {
    this.numbers = numbers;
    this.texts = texts;
  }

  int size() {
    return numbers != null ? numbers.length : Objects.requireNonNull(texts).length;
  }

  long number(int i) {
    return Objects.requireNonNull(numbers)[i];
  }

  byte[] text(int i) {
    return Objects.requireNonNull(texts)[i];
  }

  /** Heap of the ids, in bytes: 8 a number; an array and its pointer, of 4 bytes, a text. */
  long heapBytes() {
    if (texts == null) {
      return 8L * size();
    }
    long bytes = 0;
    for (byte[] text : texts) {
      bytes += 4 + 16 + ((text.length + 7L) & -8L);
    }
    return bytes;
  }

  /** Compares two ids of the same type: numbers by value, texts by their bytes. */
  int compare(int i, IdColumn other, int j) {
    return numbers != null
        ? Long.compare(numbers[i], other.number(j))
        : Arrays.compareUnsigned(text(i), other.text(j));
  }

  /** A hash of an id that depends on nothing else, for the choice of its shard. */
  int hash(int i) {
    long bits = numbers != null ? numbers[i] : Arrays.hashCode(text(i));
    // The finaliser of MurmurHash3: neighbouring numbers spread over all shards.
    bits = (bits ^ bits >>> 33) * 0xff51afd7ed558ccdL;
    bits = (bits ^ bits >>> 33) * 0xc4ceb9fe1a85ec53L;
    return (int) (bits >>> 33);
  }

  /**
   * Finds an id in this column, which ascends. O(log n).
   *
   * @return its place, or -1
   */
  int find(IdColumn other, int j) {
    int low = 0;
    int high = size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = compare(middle, other, j);
      if (order == 0) {
        return middle;
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return -1;
  }

  /** The places of the ids in ascending order; equal ids keep their order. */
  int[] ascending() {
    int[] order = IntStream.range(0, size()).toArray();
    if (numbers == null) {
      IntArrays.mergeSort(order, (a, b) -> compare(a, this, b));
      return order;
    }
    long[] keys = numbers.clone();
    long[] places = new long[keys.length];
    Arrays.setAll(places, i -> i);
    LongArrays.radixSort(keys, places);
    for (int i = 0; i < order.length; i++) {
      order[i] = (int) places[i];
    }
    return order;
  }

  /** An id for a message. */
  String toString(int i) {
    return numbers != null
        ? Long.toString(numbers[i])
        : "'" + new String(text(i), StandardCharsets.UTF_8) + "'";
  }

  /** Collects ids. */
  static final class Builder {
    private final boolean textual;
    private long[] numbers = {};
    private byte[][] texts = {};
    private int size;

    /**
     * Starts a column.
     *
     * @param type of the ids
     */
    Builder(IdType type) {
      this.textual = type == IdType.STRING;
    }

    private Builder(boolean textual) {
      this.textual = textual;
    }

    /** Starts a column of the type of another. */
    static Builder like(IdColumn other) {
      return new Builder(other.numbers == null);
    }

    int size() {
      return size;
    }

    void add(long number) {
      numbers = LongArrays.grow(numbers, size + 1, size);
      numbers[size++] = number;
    }

    void add(byte[] text) {
      if (size == texts.length) {
        texts = Arrays.copyOf(texts, Math.max(16, size + (size >> 1)));
      }
      texts[size++] = text;
    }

    void add(IdColumn ids, int i) {
      if (textual) {
        add(ids.text(i));
      } else {
        add(ids.number(i));
      }
    }

    /** Ends the column; the builder starts anew. */
    IdColumn build() {
      IdColumn built =
          textual
              ? new IdColumn(null, Arrays.copyOf(texts, size))
              : new IdColumn(Arrays.copyOf(numbers, size), null);
      size = 0;
      return built;
    }
  }
}
