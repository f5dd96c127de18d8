package dev.slate.kernel;

import java.util.Arrays;

/** An item of a {@link LiveIndex} as it was at one moment. Immutable. */
public final class LiveItem {
  private final long id;
  private final float[] row;
  private final float bias;
  private final int group;

  LiveItem(long id, float[] row, float bias, int group) {
    this.id = id;
    this.row = row;
    this.bias = bias;
    this.group = group;
  }

  /**
   * The caller's id.
   *
   * @return the id
   */
  public long id() {
    return id;
  }

  /**
   * The attributes.
   *
   * @return d floats; for COSINE of length 1; a copy
   */
  public float[] row() {
    return row.clone();
  }

  /**
   * The start value of the item's dot product.
   *
   * @return the bias; 0 where the index has none
   */
  public float bias() {
    return bias;
  }

  /**
   * The group of which {@link Query#atMost(int)} limits the number.
   *
   * @return the group; {@link Query#NO_GROUP} if the item belongs to none
   */
  public int group() {
    return group;
  }

  @Override
  public String toString() {
    return "LiveItem[id="
        + id
        + ", row="
        + Arrays.toString(row)
        + (bias == 0 ? "" : ", bias=" + bias)
        + (group == Query.NO_GROUP ? "" : ", group=" + group)
        + "]";
  }
}
