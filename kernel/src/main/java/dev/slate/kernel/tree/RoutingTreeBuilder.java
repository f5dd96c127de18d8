package dev.slate.kernel.tree;

import dev.slate.kernel.parallel.WorkerGroup;
import dev.slate.kernel.rows.RowSample;
import dev.slate.kernel.rows.Rows;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the splits that divide a catalogue into buckets, from a sample. A part is divided at the
 * median of its widest column. Where many values equal the median, the split is put at an end of
 * such a run of equal values, in the column where the two sides are most equal; so a bucket holds
 * few distinct points. Equal rows are divided by ordinal, where no column divides them.
 */
final class RoutingTreeBuilder {
  private static final int ROWS_PER_BUCKET = 128;
  private static final int MIN_ROWS_PER_BUCKET = 16;
  private static final long MAX_FLOATS = 1L << 26;

  /** A bucket is not divided into less than this share of the largest. */
  private static final int LEAST_SHARE = 4;

  /** A run of equal values is long from this share of a part on. */
  private static final int RUN_SHARE = 16;

  /** Bytes of the objects for a part of the sample and its division. */
  private static final long PART_BYTES = 128;

  /** Consecutive rows that are read at once: a source may be a file. */
  private static final int RUN = 4;

  private final Rows source;
  private final WorkerGroup workers;
  private final int width;
  private final int runs;
  private final int largest;
  private final int least;
  private final int most;

  /**
   * How a catalogue is sampled.
   *
   * @param runs of consecutive rows
   * @param largest part of the sample that need not be divided
   * @param most splits
   */
  private record Sampling(int runs, int largest, int most) {
    static Sampling of(long size, int width, int bucketItems) {
      long buckets = size / bucketItems * 4 / 3 + 1;
      long rows = Math.min(ROWS_PER_BUCKET * buckets, MAX_FLOATS / width);
      int runs = (int) (Math.min(Math.max(rows, MIN_ROWS_PER_BUCKET * buckets), size) / RUN);
      long count = (long) runs * RUN;
      int largest = (int) Math.max(1, bucketItems * count / Math.max(1, size));
      int most = size <= bucketItems ? 0 : (int) (count / least(largest)) + 1;
      return new Sampling(runs, largest, most);
    }

    /** Size below which a part is not divided. */
    static int least(int largest) {
      return Math.max(1, largest / LEAST_SHARE);
    }
  }

  /** Number of buckets of a catalogue, at most. */
  static long buckets(long size, int width, int bucketItems) {
    return Sampling.of(size, width, bucketItems).most + 1L;
  }

  /** Bytes that the search for splits takes, those of the splits included, at most. */
  static long bytes(long size, int width, int bucketItems) {
    Sampling sampling = Sampling.of(size, width, bucketItems);
    long row = (long) width * Float.BYTES + Long.BYTES;
    return (long) sampling.runs * RUN * row
        + sampling.most * (RoutingTree.SPLIT_BYTES + PART_BYTES);
  }

  /**
   * Prepares to sample.
   *
   * @param source the rows
   * @param workers the threads that share the work
   * @param bucketItems items of the largest bucket, about
   */
  RoutingTreeBuilder(Rows source, WorkerGroup workers, int bucketItems) {
    this.source = source;
    this.workers = workers;
    this.width = source.width();
    Sampling sampling = Sampling.of(source.size(), width, bucketItems);
    this.runs = sampling.runs;
    this.largest = sampling.largest;
    this.least = Sampling.least(largest);
    this.most = sampling.most;
  }

  /** A part of the sample that is to hang below a half of a split. */
  private record Part(int from, int to, int split, int half) {
    int size() {
      return to - from;
    }
  }

  /** How a part is divided. */
  private record Cut(int at, int column, float value, int ordinal) {}

  /** Finds the splits. */
  RoutingTree routing() {
    RoutingTree routing = new RoutingTree(most);
    if (most == 0) {
      return routing;
    }
    int count = runs * RUN;
    RowSample sample = RowSample.scattered(source, count, RUN, workers);
    Partitioner partitioner = new Partitioner(sample.rows, width, count, new long[count]);
    List<Part> parts = List.of(new Part(0, count, -1, 0));
    while (!parts.isEmpty()) {
      parts = divide(routing, partitioner, sample, parts);
    }
    if (routing.root() >= 0) {
      number(routing, routing.root(), 0);
    }
    return routing;
  }

  /** Divides the parts of one level, and returns those of the next. */
  private List<Part> divide(
      RoutingTree routing, Partitioner partitioner, RowSample sample, List<Part> parts) {
    @Nullable Cut[] cuts = new Cut[parts.size()];
    workers.forEach(
        cuts.length,
        () -> i -> cuts[i] = cut(partitioner, sample, parts.get(i).from, parts.get(i).to));
    List<Part> below = new ArrayList<>();
    for (int i = 0; i < cuts.length; i++) {
      Part part = parts.get(i);
      Cut cut = cuts[i];
      int ref = ~0;
      if (cut != null) {
        ref = routing.add(cut.column, cut.value, cut.ordinal, part.size());
        below.add(new Part(part.from, cut.at, ref, 0));
        below.add(new Part(cut.at, part.to, ref, 1));
      }
      if (part.split >= 0) {
        routing.link(part.split, part.half, ref);
      }
    }
    return below;
  }

  private @Nullable Cut cut(Partitioner partitioner, RowSample sample, int from, int to) {
    boolean large = to - from > largest;
    int mid = (from + to) >>> 1;
    int widest = partitioner.widest(from, to);
    int bestSide = 0;
    int bestAt = 0;
    int bestColumn = 0;
    for (int i = 0; i < width; i++) {
      int column = (widest + i) % width;
      partitioner.divide(from, to, mid, column);
      int start = partitioner.runStart(from, mid);
      int end = partitioner.runEnd(mid, to);
      if (!large && (end - start < (to - from) / RUN_SHARE || mid - from < least)) {
        return null;
      }
      if (start == mid) {
        return new Cut(mid, column, partitioner.value(mid, column), 0);
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
      partitioner.divide(from, to, bestAt, bestColumn);
      float value = partitioner.value(bestAt, bestColumn);
      return new Cut(bestAt, bestColumn, value, 0);
    }
    if (!large) {
      return null;
    }
    partitioner.divide(from, to, mid, widest);
    return new Cut(
        mid,
        widest,
        partitioner.value(mid, widest),
        sample.scatteredOrdinal(partitioner.row(mid), RUN, source.size()));
  }

  /** Numbers the buckets below a split from left to right, and returns the next number. */
  private static int number(RoutingTree routing, int split, int bucket) {
    int next = bucket;
    for (int half = 0; half < 2; half++) {
      int ref = routing.half(split, half);
      if (ref < 0) {
        routing.link(split, half, ~next++);
      } else {
        next = number(routing, ref, next);
      }
    }
    return next;
  }
}
