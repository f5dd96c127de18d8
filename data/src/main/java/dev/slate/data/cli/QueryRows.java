package dev.slate.data.cli;

import dev.slate.data.InputException;
import dev.slate.data.Notice;
import dev.slate.data.Notice.Topic;
import dev.slate.data.ReadOptions;
import dev.slate.data.VectorStream;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The queries of a search, in their order; the first ones are known before the index is built. */
final class QueryRows implements AutoCloseable {
  /** As many as a planner makes use of. */
  private static final int AHEAD = 1 << 10;

  private static final int AHEAD_FLOATS = 1 << 22;

  private final String spec;
  private final ReadOptions options;
  private @Nullable VectorStream rows;
  private float[] ahead = {};
  private int given;
  private boolean only;

  /** Queries of a file that is not opened yet. */
  QueryRows(String spec, ReadOptions options) {
    this.spec = spec;
    this.options = options;
  }

  /**
   * Opens the file and reads the first queries.
   *
   * @param dimensions number of columns of the items
   * @param origin the point to subtract, or null
   * @return some rows, row-major
   * @throws InputException if there are none, or if they have other columns than the items
   */
  float[] open(int dimensions, double @Nullable [] origin) {
    // Standard input is read once, and a text does not know beforehand how many rows it has.
    boolean once = Inputs.isStandard(spec);
    VectorStream opened = Inputs.stream(spec, once ? options.withOrigin(origin) : options);
    rows = opened;
    int d = opened.dimensions();
    if (d == 1 && dimensions > 1 && opened.size() == dimensions) {
      return line(opened, dimensions, origin);
    }
    if (origin != null && d == dimensions && !once) {
      opened.close();
      opened = Inputs.stream(spec, options.withOrigin(origin));
      rows = opened;
    }
    if (d != dimensions) {
      throw new InputException(
          spec, "has %d columns, but the items have %d".formatted(d, dimensions));
    }
    int most = Math.clamp(AHEAD_FLOATS / d, 1, AHEAD);
    float[] first = new float[most * d];
    ahead = Arrays.copyOf(first, opened.next(first, most) * d);
    return ahead;
  }

  /** One column of as many values as an item has attributes is one query: numpy's vector. */
  private float[] line(VectorStream column, int dimensions, double @Nullable [] origin) {
    float[] line = new float[dimensions];
    if (origin == null) {
      column.next(line, dimensions);
    } else {
      double[] values = column.nextDoubles(dimensions);
      for (int j = 0; j < dimensions; j++) {
        line[j] = (float) (values[j] - origin[j]);
      }
    }
    options
        .notices()
        .accept(
            new Notice(
                Topic.COLUMNS,
                "one column of %d values is taken for one query".formatted(dimensions)));
    only = true;
    ahead = line;
    return ahead;
  }

  int dimensions() {
    return only ? ahead.length : opened().dimensions();
  }

  /** How many there are; -1 if that is not known beforehand. */
  long size() {
    return only ? 1 : opened().size();
  }

  /** As {@link VectorStream#next}, but may give fewer than there are. */
  int next(float[] dst, int most) {
    int d = dimensions();
    int left = ahead.length / d - given;
    if (left == 0) {
      return only ? 0 : opened().next(dst, most);
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
