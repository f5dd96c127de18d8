package dev.slate.kernel.quantized;

import dev.slate.kernel.file.ArrayReader;
import dev.slate.kernel.file.ArrayWriter;
import dev.slate.kernel.layout.Blocks;
import dev.slate.kernel.layout.Codes;
import dev.slate.kernel.simd.PackedKernel;
import java.io.IOException;
import java.util.Arrays;

/**
 * A copy of the items in codes of three or four bits, and four numbers of one byte for each item
 * that a {@link PackedBound} needs.
 *
 * <p>Let y = x - centre be an item, c the grid point of y / |y|. With a rotation that is the vector
 * that the coded coordinates along its directions add up to. Then
 *
 * <pre>
 *   s   y.c / |c|^2, so that s c is the multiple of c nearest to y; s is nearly |y|
 *   r   |y - s c|^2, rounded up
 *   h   1 / |c|^2, rounded down
 *   g   |y|^2 / 2, rounded down</pre>
 *
 * <p>A byte b stands for {@code fma(b, step, base)}, with a step and a base for each block.
 */
final class PackedRows {
  /** Floats that describe a block. */
  static final int BLOCK = 11;

  /** How far s may be from its byte. */
  static final int ERROR = 8;

  /** The largest s, and the largest length of a grid point. */
  static final int MOST = 9;

  static final int LENGTH = 10;

  private static final int LAST = 127;

  /** Covers the roundings of doubles, and those of a rotation; see {@link Projection}. */
  private static final double ROUND = 1e-10;

  final PackedGrid grid;

  /** For each block, rows of words and of bytes. */
  final Codes codes;

  /** For each block, steps and bases of s, r, h and g, and the numbers that constants name. */
  final float[] blocks;

  /** The length of the longest vector of codes, each taken from the middle of its range. */
  private float longest;

  /** Creates an empty copy of n items. */
  PackedRows(PackedGrid grid, int n) {
    this(grid, new Codes(n, 2 * grid.words() + PackedKernel.TERMS), 0);
  }

  private PackedRows(PackedGrid grid, Codes codes, float longest) {
    this(grid, codes, new float[codes.count() * BLOCK], longest);
  }

  private PackedRows(PackedGrid grid, Codes codes, float[] blocks, float longest) {
    this.grid = grid;
    this.codes = codes;
    this.blocks = blocks;
    this.longest = longest;
  }

  /** The length of the longest vector of codes, each taken from the middle of its range. */
  synchronized float longest() {
    return longest;
  }

  private synchronized void longest(double square) {
    longest = Math.max(longest, ErrorBound.up(Math.sqrt(square)));
  }

  /** Where the step of a row of bytes is found in {@link #blocks}. */
  static int step(int block, int term) {
    return block * BLOCK + 2 * term;
  }

  /** Where its base is found. */
  static int base(int block, int term) {
    return step(block, term) + 1;
  }

  /** Whether a block's items are too long for bounds. */
  boolean unbounded(int block) {
    return blocks[base(block, PackedKernel.R)] == Float.POSITIVE_INFINITY;
  }

  /** Bytes that a search reads of a block. */
  int stride() {
    return codes.stride() + BLOCK * Float.BYTES;
  }

  /** Codes blocks. One thread's scratch. */
  final class Encoder {
    private final double[] products = new double[Blocks.SIZE];
    private final double[] squares = new double[Blocks.SIZE];
    private final double[] lengths = new double[Blocks.SIZE];
    private final double[] shrink = new double[Blocks.SIZE];
    private final double[] middles = new double[Blocks.SIZE];
    private final double[] scales = new double[Blocks.SIZE];
    private final double[] values = new double[Blocks.SIZE];
    private final int[] shifted = new int[Blocks.SIZE];
    private final double[] y = new double[grid.width * Blocks.SIZE];
    private final double[] z =
        grid.rotation == null ? y : new double[grid.rotation.rows() * Blocks.SIZE];

    /**
     * Codes a block's items.
     *
     * @param block the block
     * @param lanes number of items in it
     * @param x rows of 64 attributes
     * @param longest length of the longest item
     */
    void code(int block, int lanes, double[] x, double longest) {
      encode(block, lanes, x);
      double most = 0;
      for (int i = 0; i < lanes; i++) {
        most = Math.max(most, middles[i]);
      }
      longest(most);
      terms(block, lanes, longest);
    }

    private void encode(int block, int lanes, double[] x) {
      Arrays.fill(products, 0);
      Arrays.fill(squares, 0);
      Arrays.fill(lengths, 0);
      Arrays.fill(middles, 0);
      for (int j = 0; j < grid.width; j++) {
        for (int i = 0; i < lanes; i++) {
          double off = x[j * Blocks.SIZE + i] - grid.centre[j];
          y[j * Blocks.SIZE + i] = off;
          lengths[i] += off * off;
        }
      }
      if (grid.rotation != null) {
        grid.rotation.images(y, z);
      }
      for (int i = 0; i < lanes; i++) {
        shrink[i] = Shapes.scale(lengths[i]);
      }
      byte[] chunk = codes.chunk(block);
      int row = codes.offset(block);
      int code = 0;
      for (int word = 0; word < grid.words(); word++, row += 2 * Blocks.SIZE) {
        int count = word < grid.four ? PackedKernel.FOUR : PackedKernel.THREE;
        Arrays.fill(shifted, 0);
        for (int c = 0; c < count; c++, code++) {
          if (grid.attributes[code] >= 0) {
            encode(code, c, lanes);
          }
        }
        for (int i = 0; i < lanes; i++) {
          chunk[row + 2 * i] = (byte) shifted[i];
          chunk[row + 2 * i + 1] = (byte) (shifted[i] >> Byte.SIZE);
        }
      }
    }

    private void encode(int code, int position, int lanes) {
      int j = grid.attributes[code];
      int bits = grid.bits(code);
      float step = grid.steps[code];
      double middle = ((1 << bits) - 1) / 2.0;
      for (int i = 0; i < lanes; i++) {
        double at = z[j * Blocks.SIZE + i];
        int c = PackedGrid.code(step, bits, at * shrink[i]);
        double off = c - middle;
        double point = step * off;
        shifted[i] |= c << (bits * position);
        products[i] += at * point;
        squares[i] += point * point;
        middles[i] += off * off;
      }
    }

    private void terms(int block, int lanes, double longest) {
      int at = block * BLOCK;
      double most = 0;
      for (int i = 0; i < lanes; i++) {
        most = Math.max(most, squares[i]);
        scales[i] = squares[i] > 0 ? products[i] / squares[i] : 0;
      }
      blocks[at + LENGTH] = ErrorBound.up(Math.sqrt(most) * (1 + ROUND));
      write(block, PackedKernel.S, lanes, scales, 0);
      double error = 0;
      double largest = 0;
      for (int i = 0; i < lanes; i++) {
        double s = term(block, PackedKernel.S, i);
        double round = squares[i] > 0 ? ROUND * Math.sqrt(lengths[i] / squares[i]) : 0;
        error = Math.max(error, Math.abs(s - scales[i]) + round);
        largest = Math.max(largest, Math.abs(s));
      }
      blocks[at + ERROR] = ErrorBound.up(error);
      blocks[at + MOST] = ErrorBound.up(largest);
      for (int i = 0; i < lanes; i++) {
        double left = lengths[i] - scales[i] * products[i];
        values[i] = Math.max(0, left) + ROUND * lengths[i];
      }
      write(block, PackedKernel.R, lanes, values, 1);
      for (int i = 0; i < lanes; i++) {
        values[i] = squares[i] > 0 ? (1 - ROUND) / squares[i] : 0;
      }
      write(block, PackedKernel.H, lanes, values, -1);
      for (int i = 0; i < lanes; i++) {
        values[i] = (1 - ROUND) * lengths[i] / 2;
      }
      write(block, PackedKernel.G, lanes, values, -1);
      if (!(longest <= ErrorBound.LONGEST)) {
        blocks[base(block, PackedKernel.R)] = Float.POSITIVE_INFINITY;
      }
    }

    /**
     * Writes a byte for each lane.
     *
     * @param direction 1 to round up to a byte, -1 to round down, 0 to the nearest
     */
    private void write(int block, int term, int lanes, double[] values, int direction) {
      double least = Double.POSITIVE_INFINITY;
      double most = Double.NEGATIVE_INFINITY;
      for (int i = 0; i < lanes; i++) {
        least = Math.min(least, values[i]);
        most = Math.max(most, values[i]);
      }
      int at = step(block, term);
      blocks[at] = (float) ((most - least) / (2 * LAST - 2) * (1 + 1e-6));
      blocks[at + 1] = (float) ((most + least) / 2);
      byte[] chunk = codes.chunk(block);
      int row = codes.offset(block) + (2 * grid.words() + term) * Blocks.SIZE;
      double step = blocks[at];
      double base = blocks[at + 1];
      for (int i = 0; i < lanes; i++) {
        double steps = step > 0 ? (values[i] - base) / step : 0;
        int code = (int) Math.clamp(Math.rint(steps), -LAST, LAST);
        chunk[row + i] = (byte) code;
        while (direction * (term(block, term, i) - values[i]) < 0 && Math.abs(code) < LAST) {
          code += direction;
          chunk[row + i] = (byte) code;
        }
        if (direction * (term(block, term, i) - values[i]) < 0) {
          widen(block, term, values, lanes, direction);
          return;
        }
      }
    }

    /** Lets the bytes of all lanes stand for one number, the extreme one in a direction. */
    private void widen(int block, int term, double[] values, int lanes, int direction) {
      double last = values[0];
      for (int i = 1; i < lanes; i++) {
        last = direction > 0 ? Math.max(last, values[i]) : Math.min(last, values[i]);
      }
      int at = step(block, term);
      blocks[at] = 0;
      float base = (float) last;
      while (direction * (base - last) < 0) {
        base = direction > 0 ? Math.nextUp(base) : Math.nextDown(base);
      }
      blocks[at + 1] = base;
    }
  }

  /** What a lane's byte stands for. */
  double term(int block, int term, int lane) {
    int at = step(block, term);
    int row = codes.offset(block) + (2 * grid.words() + term) * Blocks.SIZE;
    return Math.fma(codes.chunk(block)[row + lane], blocks[at], blocks[at + 1]);
  }

  /** Bytes of an item, with its share of the numbers of its block; rounded up. */
  static int itemBytes(PackedGrid grid) {
    return 2 * grid.words() + PackedKernel.TERMS + 1;
  }

  /** Bytes of heap for n items of a width, at most. */
  static long bytes(long n, int width) {
    int words = width / PackedKernel.FOUR + 2;
    return Codes.bytes(n, 2 * words + PackedKernel.TERMS)
        + BLOCK * Float.BYTES * (n / Blocks.SIZE + 1);
  }

  long bytes() {
    return codes.bytes() + 4L * blocks.length + grid.bytes();
  }

  void write(ArrayWriter out) throws IOException {
    grid.write(out);
    codes.write(out);
    out.array(blocks);
    out.array(new float[] {longest()});
  }

  static PackedRows read(ArrayReader in, int n) throws IOException {
    PackedGrid grid = PackedGrid.read(in);
    Codes codes = Codes.read(in, n);
    float[] blocks = in.floats();
    float[] longest = in.floats();
    if (blocks.length != codes.count() * BLOCK || longest.length != 1) {
      throw in.bad("packed codes of " + blocks.length / BLOCK + " blocks");
    }
    return new PackedRows(grid, codes, blocks, longest[0]);
  }
}
