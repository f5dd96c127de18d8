package dev.slate.spark;

import java.io.Serializable;
import org.apache.spark.sql.catalyst.expressions.XXH64;
import org.apache.spark.unsafe.Platform;

/**
 * Tells one reading of a partition from another, block by block: two hashes of 64 bits of the rows
 * of the partition, up to the start of a block and up to its end.
 *
 * <p>Blocks 0, 1, 2 ... are one reading if each starts with the hash that the one before it ends
 * with, and the final one alone says that it is the last.
 *
 * @param before hash of the rows before the block; 0 where there are none
 * @param after hash of those rows and the rows of the block
 * @param last whether the block is the last one of its partition
 */
record Fingerprint(long before, long after, boolean last) implements Serializable {
  private static final long serialVersionUID = 1;

  /** No rows. */
  static final Fingerprint NONE = new Fingerprint(0, 0, true);

  /**
   * The fingerprint of the block after this one.
   *
   * @param rows of that block
   */
  Fingerprint next(byte[][] rows, boolean isLast) {
    long hash = after;
    for (byte[] row : rows) {
      hash = XXH64.hashUnsafeBytes(row, Platform.BYTE_ARRAY_OFFSET, row.length, hash);
    }
    return new Fingerprint(after, hash, isLast);
  }
}
