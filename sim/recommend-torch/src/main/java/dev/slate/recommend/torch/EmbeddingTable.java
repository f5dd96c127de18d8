package dev.slate.recommend.torch;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Rows that are learnt, one for each id, and Adam's two moments of them, in arrays of Java: 12
 * bytes a number.
 *
 * <p>A batch meets few of the rows. Its distinct rows are gathered into a small tensor, PyTorch
 * differentiates the loss by that, and only these rows, their moments and their decay are updated:
 * lazy Adam, as PyTorch's {@code SparseAdam} and TensorFlow Addons' {@code LazyAdam} define it,
 * with the count of all steps in the correction of the bias. Weights of the batch's rows alone
 * decay, so that a row shrinks with the number of its own batches. Adam as published moves every
 * row in every step, which costs the whole table. PyTorch's own sparse gradients would spare the
 * gathering, but DJL cannot read their indices.
 *
 * <p>Not thread-safe.
 */
final class EmbeddingTable {
  private static final int ABSENT = -1;

  private final int d;
  private final boolean decays;
  private final float[] value;
  private final float[] mean;
  private final float[] square;

  /** The place of each row in the batch, or {@link #ABSENT}. */
  private final int[] place;

  private int[] batch = new int[0];
  private int size;

  /**
   * Creates a table.
   *
   * @param rows number of ids
   * @param d length of a row
   * @param spread standard deviation of the first values, which are normal; 0 for zeros
   * @param decays whether weights decay
   * @param random decides the first values
   */
  EmbeddingTable(int rows, int d, double spread, boolean decays, SplittableRandom random) {
    this.d = d;
    this.decays = decays;
    this.value = new float[Math.multiplyExact(rows, d)];
    this.mean = new float[value.length];
    this.square = new float[value.length];
    this.place = new int[rows];
    Arrays.fill(place, ABSENT);
    if (spread > 0) {
      for (int i = 0; i < value.length; i++) {
        value[i] = (float) (spread * random.nextGaussian());
      }
    }
  }

  /**
   * Starts a batch. O(ids).
   *
   * @param ids of all examples
   * @param from the first example of the batch
   * @param to one after the last
   * @return for each example the place of its id among the distinct ids of the batch
   */
  int[] select(int[] ids, int from, int to) {
    for (int i = 0; i < size; i++) {
      place[batch[i]] = ABSENT;
    }
    size = 0;
    batch = Arrays.copyOf(batch, Math.max(batch.length, to - from));
    int[] places = new int[to - from];
    for (int i = from; i < to; i++) {
      int id = ids[i];
      if (place[id] == ABSENT) {
        place[id] = size;
        batch[size++] = id;
      }
      places[i - from] = place[id];
    }
    return places;
  }

  /** Number of distinct ids in the batch. */
  int size() {
    return size;
  }

  /** The distinct ids of the batch, by place. */
  int[] ids() {
    return Arrays.copyOf(batch, size);
  }

  /** The place of an id in the batch, or a negative number. */
  int place(int id) {
    return place[id];
  }

  /** The rows of the batch, by place: size x d. */
  float[] gather() {
    float[] rows = new float[size * d];
    for (int i = 0; i < size; i++) {
      System.arraycopy(value, batch[i] * d, rows, i * d, d);
    }
    return rows;
  }

  /**
   * Updates the rows of the batch. O(size x d), whatever the number of rows.
   *
   * @param gradient of the loss by the gathered rows, size x d
   * @param adam with this step counted
   */
  void update(float[] gradient, Adam adam) {
    float scale = (float) adam.scale();
    float kept = decays ? (float) adam.kept() : 1;
    float first = (float) Adam.FIRST;
    float second = (float) Adam.SECOND;
    float firstRest = (float) (1 - Adam.FIRST);
    float secondRest = (float) (1 - Adam.SECOND);
    for (int i = 0; i < size; i++) {
      int row = batch[i] * d;
      for (int j = 0; j < d; j++) {
        float slope = gradient[i * d + j];
        float m = first * mean[row + j] + firstRest * slope;
        float v = second * square[row + j] + secondRest * (slope * slope);
        mean[row + j] = m;
        square[row + j] = v;
        float change = scale * m / ((float) Math.sqrt(v) + Adam.EPSILON);
        value[row + j] = kept * (value[row + j] - change);
      }
    }
  }

  /** All rows: rows x d; not copied. */
  float[] values() {
    return value;
  }
}
