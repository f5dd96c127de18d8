package dev.slate.data.cli;

import dev.slate.data.InputException;
import dev.slate.data.ReadOptions;
import dev.slate.data.VectorStream;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The queries of a search, in their order; the first ones are known before the index is built. */
final class QueryRows implements AutoCloseable {
  /** As many as a planner makes use of. */
  private static final int AHEAD = 1 << 10;

  private final String spec;
  private final ReadOptions options;
  private @Nullable VectorStream rows;
  private float[] ahead = {};
  private int given;

  /** Queries of a file that is not opened yet. */
  QueryRows(String spec, ReadOptions options) {
    this.spec = spec;
    this.options = options;
  }

  /**
   * Opens the file and reads the first queries.
   *
   * @param dimensions number of columns of the items
   * @return some rows, row-major
   * @throws InputException if there are none, or if they have other columns than the items
   */
  float[] open(int dimensions) {
    VectorStream opened = Inputs.stream(spec, options);
    rows = opened;
    int d = opened.dimensions();
    if (d != dimensions) {
      throw new InputException(
          spec, "has %d columns, but the items have %d".formatted(d, dimensions));
    }
    float[] first = new float[AHEAD * d];
    ahead = Arrays.copyOf(first, opened.next(first, AHEAD) * d);
    return ahead;
  }

  int dimensions() {
    return opened().dimensions();
  }

  /** How many there are; -1 if that is not known beforehand. */
  long size() {
    return opened().size();
  }

  /** As {@link VectorStream#next}, but may give fewer than there are. */
  int next(float[] dst, int most) {
    int d = dimensions();
    int left = ahead.length / d - given;
    if (left == 0) {
      return opened().next(dst, most);
    }
    int count = Math.min(left, most);
    System.arraycopy(ahead, given * d, dst, 0, count * d);
    given += count;
    return count;
  }

  private VectorStream opened() {
    return Objects.requireNonNull(rows, "open first");
  }

  @Override
  public void close() {
    if (rows != null) {
      rows.close();
    }
  }
}
