package dev.slate.spark;

import org.apache.spark.Partitioner;

/** Keys are partitions. */
final class DirectPartitioner extends Partitioner {
  private static final long serialVersionUID = 1;

  private final int partitions;

  DirectPartitioner(int partitions) {
    this.partitions = partitions;
  }

  @Override
  public int numPartitions() {
    return partitions;
  }

  @Override
  public int getPartition(Object key) {
    return (Integer) key;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DirectPartitioner that && that.partitions == partitions;
  }

  @Override
  public int hashCode() {
    return partitions;
  }
}
