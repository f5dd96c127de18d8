package dev.slate.kernel.tree;

import dev.slate.kernel.file.ArrayReader;
import dev.slate.kernel.file.ArrayWriter;
import dev.slate.kernel.simd.TreeKernel;
import java.io.IOException;
import java.util.Arrays;

/**
 * The inner nodes. A node keeps the boxes of its children, not its own, so that one pass of SIMD
 * instructions bounds all of them; children are consecutive nodes, or consecutive leaves.
 *
 * <pre>
 *                child 0     ...  child 15
 *   rows 0, 1    lo hi lo hi      lo hi lo hi      a byte each, in steps of the node's grid
 *   rows 2, 3    lo hi lo hi      lo hi lo hi
 *   ...
 *                ordinal          ordinal          the smallest among the child's items
 *   grid         origin, step of row 0, origin, step of row 1, ...
 *   links        first child, number of children
 * </pre>
 *
 * <p>An end of a box is {@code fma(code, step, origin)}, rounded outward: the builder takes the
 * largest code whose end is at most the smallest item, and the smallest code whose end is at least
 * the largest item, evaluated as the search does. A step is a power of two, so that attributes that
 * are small multiples of one, such as levels of a rating, get exact boxes, and zero where all
 * children agree: duplicates, which tie, need exact bounds to be told apart by ordinal.
 */
final class Nodes {
  static final int FAN = TreeKernel.FAN;

  private static final int LEAD = 12;

  private static final int STEPS = 255;

  final int[] boxes;

  private final int width;
  private final int ordinals;
  private final int grid;
  private final int stride;
  private final int links;

  /**
   * Creates empty nodes.
   *
   * @param count number of nodes
   * @param width rows of a box: the attributes, and the bias where there is one
   */
  Nodes(int count, int width) {
    this.width = width;
    this.ordinals = (width + 1) / 2 * FAN;
    this.grid = ordinals + FAN;
    this.links = grid + 2 * width;
    this.stride = stride(width);
    this.boxes = new int[Math.addExact(LEAD, Math.multiplyExact(count, stride))];
  }

  private static int stride(int width) {
    return ((width + 1) / 2 * FAN + FAN + 2 * width + 2 + FAN - 1) / FAN * FAN;
  }

  /** Bytes of heap of a number of nodes. */
  static long bytes(long count, int width) {
    return (LEAD + count * stride(width)) * Integer.BYTES;
  }

  /** Makes consecutive nodes, or leaves given as {@code ~leaf}, the children of a node. */
  void adopt(int node, int firstChild, int children) {
    boxes[at(node) + links] = firstChild;
    boxes[at(node) + links + 1] = children;
  }

  /** Number of nodes. */
  int count() {
    return (boxes.length - LEAD) / stride;
  }

  /** The first child: a node, or {@code ~leaf}. */
  int first(int node) {
    return boxes[at(node) + links];
  }

  /** Number of children. */
  int fan(int node) {
    return boxes[at(node) + links + 1];
  }

  /** Where a node's codes start. */
  int at(int node) {
    return LEAD + node * stride;
  }

  /** Where the smallest ordinals of a node's children start. */
  int ordinals(int node) {
    return at(node) + ordinals;
  }

  /** Where a node's grid starts. */
  int grid(int node) {
    return at(node) + grid;
  }

  /** Ints of a node. */
  int stride() {
    return stride;
  }

  /**
   * Sets the boxes of a node's children.
   *
   * @param lo width x 16 low ends
   * @param hi width x 16 high ends
   * @param least the smallest ordinal of each child
   */
  void enclose(int node, float[] lo, float[] hi, int[] least) {
    Arrays.fill(boxes, at(node), ordinals(node), 0);
    int children = fan(node);
    for (int r = 0; r < width; r++) {
      int from = r * FAN;
      float origin = Float.POSITIVE_INFINITY;
      float end = Float.NEGATIVE_INFINITY;
      for (int c = from; c < from + children; c++) {
        origin = Math.min(origin, lo[c]);
        end = Math.max(end, hi[c]);
      }
      float step = step(origin, end);
      boxes[grid(node) + 2 * r] = Float.floatToRawIntBits(origin);
      boxes[grid(node) + 2 * r + 1] = Float.floatToRawIntBits(step);
      int at = at(node) + r / 2 * FAN;
      for (int c = 0; c < children; c++) {
        int codes = low(lo[from + c], origin, step) | (high(hi[from + c], origin, step) << 8);
        boxes[at + c] |= codes << (r % 2 * 16);
      }
    }
    System.arraycopy(least, 0, boxes, ordinals(node), children);
  }

  /**
   * The least power of two whose 255 steps lead from the origin to the end; 0 if they are equal.
   */
  private static float step(float origin, float end) {
    if (origin == end) {
      return 0f;
    }
    double range = ((double) end - origin) / STEPS;
    float step = Math.max(Float.MIN_VALUE, Math.scalb(1f, Math.getExponent(range)));
    while (Math.fma(STEPS, step, origin) < end) {
      step *= 2;
    }
    return step;
  }

  private static int low(float x, float origin, float step) {
    int code = step == 0 ? 0 : (int) Math.min(STEPS, ((double) x - origin) / step + 1);
    while (Math.fma((float) code, step, origin) > x) {
      code--;
    }
    return code;
  }

  private static int high(float x, float origin, float step) {
    int code = step == 0 ? 0 : (int) Math.max(0, ((double) x - origin) / step - 1);
    while (Math.fma((float) code, step, origin) < x) {
      code++;
    }
    return code;
  }

  /**
   * Finds the box of all of a node's items, as column {@code i} of the boxes that {@link #enclose}
   * takes.
   */
  void extent(int node, int i, float[] lo, float[] hi, int[] least) {
    int children = fan(node);
    for (int r = 0; r < width; r++) {
      float origin = Float.intBitsToFloat(boxes[grid(node) + 2 * r]);
      float step = Float.intBitsToFloat(boxes[grid(node) + 2 * r + 1]);
      int at = at(node) + r / 2 * FAN;
      int most = 0;
      for (int c = 0; c < children; c++) {
        most = Math.max(most, (boxes[at + c] >>> (r % 2 * 16 + 8)) & 255);
      }
      lo[r * FAN + i] = origin;
      hi[r * FAN + i] = Math.fma((float) most, step, origin);
    }
    least[i] = ordinal(node);
  }

  /** The smallest ordinal among a node's items. */
  int ordinal(int node) {
    int least = Integer.MAX_VALUE;
    for (int c = ordinals(node); c < ordinals(node) + fan(node); c++) {
      least = Math.min(least, boxes[c]);
    }
    return least;
  }

  /** Bytes of heap. */
  long bytes() {
    return (long) boxes.length * Integer.BYTES;
  }

  void write(ArrayWriter out) throws IOException {
    out.number(count());
    out.number(width);
    out.part(boxes, LEAD, boxes.length - LEAD);
  }

  static Nodes read(ArrayReader in) throws IOException {
    int count = in.number(0, Integer.MAX_VALUE);
    int width = in.number(1, 1 << 17);
    in.require((long) count * width * Integer.BYTES);
    Nodes nodes = new Nodes(count, width);
    in.part(nodes.boxes, LEAD, nodes.boxes.length - LEAD);
    return nodes;
  }
}
