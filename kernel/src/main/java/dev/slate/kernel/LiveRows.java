package dev.slate.kernel;

import dev.slate.kernel.journal.Journal;
import dev.slate.kernel.journal.RowFormat;
import dev.slate.kernel.live.LiveSearch;
import dev.slate.kernel.live.Location;
import dev.slate.kernel.query.CompiledQuery;
import dev.slate.kernel.rows.Normalizer;
import java.util.Arrays;

/**
 * The rows of a live index. Checks what a caller gives, and turns it into the form that is stored
 * and searched: the bias first where there is one, of length 1 for COSINE; and back again.
 *
 * @param dimensions number of attributes
 * @param metric how items are scored
 * @param biased whether each stored row begins with its bias
 */
record LiveRows(int dimensions, Metric metric, boolean biased) {
  /** Floats of a stored row. */
  int width() {
    return dimensions + (biased ? 1 : 0);
  }

  /** The form of rows in a directory. */
  RowFormat format() {
    return new RowFormat(dimensions, metric.name(), biased);
  }

  /**
   * Checks an item to be written.
   *
   * @throws IllegalArgumentException if the row has another length, a number is not finite, or
   *     there is a bias where the index has none
   */
  void check(float[] row, float bias) {
    check(row, bias, dimensions);
    checkBias(bias);
  }

  /** Checks an item for an index of d attributes, which may have biases. */
  static void check(float[] row, float bias, int d) {
    checkLength(row, d);
    for (int j = 0; j < d; j++) {
      if (!Float.isFinite(row[j])) {
        throw new IllegalArgumentException("attribute is " + row[j] + ", column " + j);
      }
    }
    if (!Float.isFinite(bias)) {
      throw new IllegalArgumentException("bias is " + bias);
    }
  }

  /**
   * Checks a batch, whose rows were checked one by one.
   *
   * @throws IllegalArgumentException if it has another d, a bias where the index has none, or takes
   *     more than 256 MiB in a log
   */
  void check(LiveBatch batch) {
    if (batch.dimensions() != dimensions) {
      throw new IllegalArgumentException(
          "the batch has d = " + batch.dimensions() + ", but the index has d = " + dimensions);
    }
    checkSize(batch.writes(), batch.size() - batch.writes(), width());
    for (int i = 0; i < batch.size(); i++) {
      if (!batch.deletes(i)) {
        checkBias(batch.bias(i));
      }
    }
  }

  /** Checks the size of a batch of rows of a width. */
  static void checkSize(int writes, int deletions, int width) {
    if (Journal.bytes(writes, deletions, width) > Journal.MOST_BYTES) {
      throw new IllegalArgumentException(
          "a batch is limited to " + (Journal.MOST_BYTES >> 20) + " MiB: apply it in parts");
    }
  }

  private void checkBias(float bias) {
    if (bias != 0 && !biased) {
      throw new IllegalArgumentException("the index has no biases: build it with biased()");
    }
  }

  private static void checkLength(float[] row, int d) {
    if (row.length != d) {
      throw new IllegalArgumentException(
          "row has " + row.length + " attributes, but the index has d = " + d);
    }
  }

  /** The stored form of a checked item. */
  float[] stored(float[] row, float bias) {
    float[] stored = new float[width()];
    System.arraycopy(row, 0, stored, width() - dimensions, dimensions);
    if (biased) {
      stored[0] = bias;
    }
    if (metric == Metric.COSINE) {
      Normalizer.normalise(stored, 0, dimensions);
    }
    return stored;
  }

  /**
   * Copies the attributes of an item.
   *
   * @param found where the item is
   * @param row receives d floats
   */
  void copy(Location found, float[] row) {
    if (biased) {
      float[] stored = new float[width()];
      found.read(stored);
      System.arraycopy(stored, 1, row, 0, dimensions);
    } else {
      found.read(row);
    }
  }

  /** Checks the array that receives a row. */
  void checkTarget(float[] row) {
    checkLength(row, dimensions);
  }

  /** Copies an item with its bias and group. */
  LiveItem item(long id, Location found) {
    float[] stored = new float[width()];
    found.read(stored);
    float[] row = biased ? Arrays.copyOfRange(stored, 1, stored.length) : stored;
    return new LiveItem(id, row, biased ? stored[0] : 0f, found.group());
  }

  /**
   * Makes a vector the query of a search.
   *
   * @throws IllegalArgumentException if it has another length, or an attribute is not finite
   */
  void compile(float[] vector, LiveSearch search) {
    QueryCompiler.checkRow(vector, "query", dimensions);
    CompiledQuery operands = search.request.operands;
    operands.q = vector;
    if (metric == Metric.COSINE) {
      operands.q = search.vector(dimensions);
      System.arraycopy(vector, 0, operands.q, 0, dimensions);
      Normalizer.normalise(operands.q, 0, dimensions);
    }
    operands.d = dimensions;
    operands.dot = metric.largerIsBetter();
    operands.biased = biased;
  }
}
