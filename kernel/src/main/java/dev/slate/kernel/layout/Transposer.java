package dev.slate.kernel.layout;

import dev.slate.kernel.Catalog;
import dev.slate.kernel.search.Team;
import java.util.concurrent.atomic.AtomicInteger;

/** Copies the rows of a catalogue into vertical blocks, checked and, for COSINE, normalised. */
public final class Transposer {
  private static final int PART_FLOATS = 1 << 14;

  private final Catalog items;
  private final boolean normalise;
  private final boolean biased;

  /**
   * Prepares a copy.
   *
   * @param items the rows
   * @param normalise whether rows are brought to length 1
   * @param biased whether row 0 of each block takes the biases
   */
  public Transposer(Catalog items, boolean normalise, boolean biased) {
    this.items = items;
    this.normalise = normalise;
    this.biased = biased;
  }

  /**
   * Fills new blocks in the order of the catalogue.
   *
   * @param team the threads that share the work
   * @throws IllegalArgumentException if an attribute or a bias is not finite, naming row and column
   */
  public Blocks blocks(Team team) {
    int d = items.dimensions();
    Blocks blocks = new Blocks(items.size(), biased ? d + 1 : d);
    int part = Math.max(1, PART_FLOATS / blocks.stride());
    AtomicInteger next = new AtomicInteger();
    team.run(
        member -> {
          float[] rows = new float[part * Blocks.SIZE * d];
          for (int b = next.getAndAdd(part);
              b < blocks.count() && b >= 0;
              b = next.getAndAdd(part)) {
            fill(blocks, b, Math.min(b + part, blocks.count()), rows);
          }
        });
    return blocks;
  }

  private void fill(Blocks blocks, int from, int to, float[] rows) {
    int d = items.dimensions();
    int first = from * Blocks.SIZE;
    int count = (int) Math.min((long) to * Blocks.SIZE, items.size()) - first;
    items.copyRows(first, count, rows, 0);
    check(rows, count, d, first);
    if (normalise) {
      for (int i = 0; i < count; i++) {
        Normaliser.normalise(rows, i * d, d);
      }
    }
    for (int b = from; b < to; b++) {
      int within = (b - from) * Blocks.SIZE;
      int lanes = Math.min(Blocks.SIZE, count - within);
      float[] chunk = blocks.chunk(b);
      int at = blocks.offset(b);
      if (biased) {
        bias(chunk, at, first + within, lanes);
        at += Blocks.SIZE;
      }
      transpose(rows, within * d, d, lanes, chunk, at);
    }
  }

  private static void transpose(float[] rows, int from, int d, int lanes, float[] chunk, int to) {
    for (int j = 0; j < d; j++) {
      int r = from + j;
      int at = to + j * Blocks.SIZE;
      for (int i = 0; i < lanes; i++, r += d) {
        chunk[at + i] = rows[r];
      }
    }
  }

  private void bias(float[] chunk, int at, int first, int lanes) {
    for (int i = 0; i < lanes; i++) {
      float bias = items.bias(first + i);
      if (!Float.isFinite(bias)) {
        throw new IllegalArgumentException("bias is " + bias + ", row " + (first + i));
      }
      chunk[at + i] = bias;
    }
  }

  private static void check(float[] rows, int count, int d, int first) {
    int bad = 0;
    for (int i = 0; i < count * d; i++) {
      int exponent = Float.floatToRawIntBits(rows[i]) & 0x7f800000;
      bad |= exponent + 0x00800000;
    }
    if (bad >= 0) {
      return;
    }
    for (int i = 0; i < count * d; i++) {
      if (!Float.isFinite(rows[i])) {
        throw new IllegalArgumentException(
            "attribute is " + rows[i] + ", row " + (first + i / d) + ", column " + i % d);
      }
    }
  }
}
