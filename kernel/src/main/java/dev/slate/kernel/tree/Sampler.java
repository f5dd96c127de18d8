package dev.slate.kernel.tree;

import dev.slate.kernel.layout.Rows;
import dev.slate.kernel.search.Team;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Finds planes that divide a catalogue into buckets, from a sample of it. A part is divided across
 * its widest column at the median. Where the median is one of many equal values, the column and the
 * end of the run that divide best are taken instead, so that a bucket holds few distinct points;
 * only where no column divides are equal rows divided by ordinal.
 */
final class Sampler {
  private static final int ROWS_PER_BUCKET = 128;
  private static final int MIN_ROWS_PER_BUCKET = 16;
  private static final long MAX_FLOATS = 1L << 26;

  /** A bucket is not divided into less than this share of the largest. */
  private static final int LEAST_SHARE = 4;

  /** A run of equal values is long from this share of a part on. */
  private static final int RUN_SHARE = 16;

  /** Consecutive rows that are read at once: a source may be a file. */
  private static final int RUN = 4;

  private final Rows source;
  private final Team team;
  private final int width;
  private final int runs;
  private final int largest;
  private final int least;
  private final int most;

  /**
   * Prepares to sample.
   *
   * @param source the rows
   * @param team the threads that share the work
   * @param bucketItems items of the largest bucket, about
   */
  Sampler(Rows source, Team team, int bucketItems) {
    this.source = source;
    this.team = team;
    this.width = source.width();
    long size = source.size();
    long buckets = size / bucketItems * 4 / 3 + 1;
    long rows = Math.min(ROWS_PER_BUCKET * buckets, MAX_FLOATS / width);
    this.runs = (int) Math.min(Math.max(rows, MIN_ROWS_PER_BUCKET * buckets), size) / RUN;
    long count = (long) runs * RUN;
    this.largest = (int) Math.max(1, bucketItems * count / Math.max(1, size));
    this.least = Math.max(1, largest / LEAST_SHARE);
    this.most = size <= bucketItems ? 0 : (int) (count / least) + 1;
  }

  /** A part of the sample that is to hang below a half of a plane. */
  private record Part(int from, int to, int plane, int half) {
    int size() {
      return to - from;
    }
  }

  /** How a part is divided. */
  private record Cut(int at, int column, float value, int ordinal) {}

  /** Finds the planes. */
  Splits splits() {
    Splits splits = new Splits(most);
    if (most == 0) {
      return splits;
    }
    int count = runs * RUN;
    float[] rows = new float[Math.multiplyExact(count, width)];
    read(rows);
    Divider divider = new Divider(rows, width, count, new long[count]);
    List<Part> parts = List.of(new Part(0, count, -1, 0));
    while (!parts.isEmpty()) {
      parts = divide(splits, divider, parts);
    }
    if (splits.root() >= 0) {
      number(splits, splits.root(), 0);
    }
    return splits;
  }

  /** Divides the parts of one level, and returns those of the next. */
  private List<Part> divide(Splits splits, Divider divider, List<Part> parts) {
    @Nullable Cut[] cuts = new Cut[parts.size()];
    AtomicInteger next = new AtomicInteger();
    team.run(
        member -> {
          for (int i = next.getAndIncrement(); i < cuts.length; i = next.getAndIncrement()) {
            cuts[i] = cut(divider, parts.get(i).from, parts.get(i).to);
          }
        });
    List<Part> below = new ArrayList<>();
    for (int i = 0; i < cuts.length; i++) {
      Part part = parts.get(i);
      Cut cut = cuts[i];
      int ref = ~0;
      if (cut != null) {
        ref = splits.add(cut.column, cut.value, cut.ordinal, part.size());
        below.add(new Part(part.from, cut.at, ref, 0));
        below.add(new Part(cut.at, part.to, ref, 1));
      }
      if (part.plane >= 0) {
        splits.link(part.plane, part.half, ref);
      }
    }
    return below;
  }

  private @Nullable Cut cut(Divider divider, int from, int to) {
    boolean large = to - from > largest;
    int mid = (from + to) >>> 1;
    int widest = divider.widest(from, to);
    int bestSide = 0;
    int bestAt = 0;
    int bestColumn = 0;
    for (int i = 0; i < width; i++) {
      int column = (widest + i) % width;
      divider.divide(from, to, mid, column);
      int start = divider.runStart(from, mid);
      int end = divider.runEnd(mid, to);
      if (!large && (end - start < (to - from) / RUN_SHARE || mid - from < least)) {
        return null;
      }
      if (start == mid) {
        return new Cut(mid, column, divider.value(mid, column), 0);
      }
      int at = mid - start < end - mid || end == to ? start : end;
      int side = Math.min(at - from, to - at);
      if (side > bestSide) {
        bestSide = side;
        bestAt = at;
        bestColumn = column;
      }
    }
    if (bestSide >= least) {
      divider.divide(from, to, bestAt, bestColumn);
      float value = divider.value(bestAt, bestColumn);
      return new Cut(bestAt, bestColumn, value, 0);
    }
    if (!large) {
      return null;
    }
    divider.divide(from, to, mid, widest);
    return new Cut(mid, widest, divider.value(mid, widest), ordinal(divider.row(mid)));
  }

  /** Numbers the buckets below a plane from left to right, and returns the next number. */
  private static int number(Splits splits, int plane, int bucket) {
    int next = bucket;
    for (int half = 0; half < 2; half++) {
      int ref = splits.half(plane, half);
      if (ref < 0) {
        splits.link(plane, half, ~next++);
      } else {
        next = number(splits, ref, next);
      }
    }
    return next;
  }

  private void read(float[] rows) {
    AtomicInteger next = new AtomicInteger();
    int part = 1024;
    team.run(
        member -> {
          float[] some = new float[RUN * width];
          for (int p = next.getAndAdd(part); p < runs; p = next.getAndAdd(part)) {
            for (int run = p; run < Math.min(p + part, runs); run++) {
              source.read(ordinal(run * RUN), RUN, some);
              System.arraycopy(some, 0, rows, run * RUN * width, some.length);
            }
          }
        });
  }

  /** The ordinal of a row of the sample: runs are spread evenly, each at a scattered place. */
  private int ordinal(int row) {
    long run = row / RUN;
    long from = run * source.size() / runs;
    long to = (run + 1) * source.size() / runs;
    long scattered = ((run * 0x9e3779b97f4a7c15L) >>> 33) % (to - from - RUN + 1);
    return (int) (from + scattered) + (row % RUN);
  }
}
