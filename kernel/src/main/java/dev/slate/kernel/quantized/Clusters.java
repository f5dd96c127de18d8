package dev.slate.kernel.quantized;

import dev.slate.kernel.file.ArrayReader;
import dev.slate.kernel.file.ArrayWriter;
import dev.slate.kernel.layout.Blocks;
import dev.slate.kernel.layout.Codes;
import java.io.IOException;
import java.util.Arrays;

/**
 * The clusters of the items, each a run of consecutive slots around a centre. A centre is a grid
 * point of the grid, coded like an item, so that one kernel call computes the distances of 64
 * centres. The borders of blocks divide a cluster into pieces; for each piece the distance of its
 * items from the centre is known.
 *
 * <pre>
 *   slots      0 ........ 63 | 64 ....... 127 | 128 ...
 *   clusters   [  0   )[      1       )[   2         )
 *   pieces     [ 0/0  )[ 1/0 | 1/1    )[ 2/1  | 2/2  )
 * </pre>
 */
final class Clusters {
  /** Codes of the centres; a lane is a cluster. */
  final Codes centres;

  /** First slot of each cluster; one more for the end. */
  final int[] start;

  /** First piece of each cluster; one more for the end. */
  final int[] firstPiece;

  /**
   * For each piece, the largest distance from the cluster's centre of its items and of those of the
   * pieces before it; rounded up.
   */
  final float[] reach;

  /** For each cluster, the largest reach. */
  final float[] radius;

  /** For each cluster, the length of its longest item; rounded up. */
  final float[] longest;

  /**
   * Creates clusters whose pieces have no reach yet.
   *
   * @param grid what the codes stand for
   * @param centre where each cluster's centre should be; the nearest grid point is taken
   * @param start first slot of each cluster, and the end
   */
  Clusters(Quantizer grid, float[][] centre, int[] start) {
    int count = centre.length;
    this.start = start;
    this.centres = new Codes(count, grid.rows());
    this.firstPiece = new int[count + 1];
    this.radius = new float[count];
    this.longest = new float[count];
    for (int c = 0; c < count; c++) {
      byte[] chunk = centres.chunk(c >> 6);
      int at = centres.offset(c >> 6) + (c & 63);
      for (int j = 0; j < grid.rows(); j++) {
        chunk[at + j * Blocks.SIZE] = grid.code(j, centre[c][j]);
      }
      int pieces = start[c] == start[c + 1] ? 0 : ((start[c + 1] - 1) >> 6) - (start[c] >> 6) + 1;
      firstPiece[c + 1] = firstPiece[c] + pieces;
    }
    this.reach = new float[firstPiece[count]];
  }

  private Clusters(
      Codes centres,
      int[] start,
      int[] firstPiece,
      float[] reach,
      float[] radius,
      float[] longest) {
    this.centres = centres;
    this.start = start;
    this.firstPiece = firstPiece;
    this.reach = reach;
    this.radius = radius;
    this.longest = longest;
  }

  void write(ArrayWriter out) throws IOException {
    out.number(count());
    centres.write(out);
    out.array(start);
    out.array(firstPiece);
    out.array(reach);
    out.array(radius);
    out.array(longest);
  }

  static Clusters read(ArrayReader in) throws IOException {
    int count = in.number(0, Integer.MAX_VALUE);
    return new Clusters(
        Codes.read(in, count), in.ints(), in.ints(), in.floats(), in.floats(), in.floats());
  }

  int count() {
    return radius.length;
  }

  /** The cluster that holds a slot. */
  int clusterOf(int slot) {
    int c = Arrays.binarySearch(start, slot);
    if (c < 0) {
      return -c - 2;
    }
    while (start[c + 1] == slot) {
      c++;
    }
    return c;
  }

  /** The piece of a cluster in a block. */
  int piece(int cluster, int block) {
    return firstPiece[cluster] + block - (start[cluster] >> 6);
  }

  /** The lanes of a block that belong to a cluster. */
  long lanes(int cluster, int block) {
    int from = Math.max(0, start[cluster] - (block << 6));
    int to = Math.min(Blocks.SIZE, start[cluster + 1] - (block << 6));
    return (-1L >>> (Blocks.SIZE - (to - from))) << from;
  }

  /** Completes the clusters once every piece's reach is known. */
  void close(float[] longestOfBlock) {
    for (int c = 0; c < count(); c++) {
      for (int p = firstPiece[c]; p < firstPiece[c + 1]; p++) {
        radius[c] = Math.max(radius[c], reach[p]);
        reach[p] = radius[c];
        int block = (start[c] >> 6) + p - firstPiece[c];
        longest[c] = Math.max(longest[c], longestOfBlock[block]);
      }
    }
  }

  long bytes() {
    return centres.bytes()
        + 4L * (start.length + firstPiece.length + reach.length)
        + 8L * radius.length;
  }
}
