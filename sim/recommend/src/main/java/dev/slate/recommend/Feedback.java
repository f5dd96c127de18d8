package dev.slate.recommend;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * A log of interactions: one row for each, five primitive columns (25 bytes a row). Rows keep the
 * order in which they were added, whatever their times; duplicates stay. Immutable, but for the
 * names, which logs of the same users and items share; safe from many threads.
 */
public final class Feedback {
  /** The time of a row that has none. */
  public static final long NO_TIME = Long.MIN_VALUE;

  private static final int FEWEST = 64;

  private static final List<Kind> KINDS = List.of(Kind.values());

  private final Names users;
  private final Names items;
  private final int size;
  private final int[] user;
  private final int[] item;
  private final float[] value;
  private final long[] time;
  private final byte[] kind;

  private Feedback(Builder from) {
    this.users = from.users;
    this.items = from.items;
    this.size = from.size;
    from.trim();
    this.user = from.user;
    this.item = from.item;
    this.value = from.value;
    this.time = from.time;
    this.kind = from.kind;
  }

  /**
   * Starts a log.
   *
   * @param users names of the users; rows refer to them
   * @param items names of the items; rows refer to them
   * @return an empty builder
   */
  public static Builder builder(Names users, Names items) {
    return builder(users, items, FEWEST);
  }

  /**
   * Starts a log whose number of rows is known.
   *
   * @param users names of the users; rows refer to them
   * @param items names of the items; rows refer to them
   * @param rows how many rows fit without a copy, at least 0
   * @return an empty builder
   */
  public static Builder builder(Names users, Names items, int rows) {
    return new Builder(users, items, rows);
  }

  /**
   * Number of rows.
   *
   * @return at least 0
   */
  public int size() {
    return size;
  }

  /**
   * Names of the users.
   *
   * @return all that rows refer to, perhaps more
   */
  public Names users() {
    return users;
  }

  /**
   * Names of the items.
   *
   * @return all that rows refer to, perhaps more
   */
  public Names items() {
    return items;
  }

  /**
   * The user of a row.
   *
   * @param row 0..size-1
   * @return an ordinal of {@link #users}
   */
  public int user(int row) {
    return user[row];
  }

  /**
   * The item of a row.
   *
   * @param row 0..size-1
   * @return an ordinal of {@link #items}
   */
  public int item(int row) {
    return item[row];
  }

  /**
   * The value of a row.
   *
   * @param row 0..size-1
   * @return finite; its unit depends on the kind
   */
  public float value(int row) {
    return value[row];
  }

  /**
   * The time of a row.
   *
   * @param row 0..size-1
   * @return in the unit of the file, seconds as a rule, or {@link #NO_TIME}
   */
  public long time(int row) {
    return time[row];
  }

  /**
   * The kind of a row.
   *
   * @param row 0..size-1
   * @return what happened
   */
  public Kind kind(int row) {
    return KINDS.get(kind[row]);
  }

  /**
   * Tells whether each row has a time.
   *
   * @return false too where there is no row
   */
  public boolean timed() {
    for (long each : time) {
      if (each == NO_TIME) {
        return false;
      }
    }
    return size > 0;
  }

  /**
   * Takes some rows.
   *
   * @param rows which, in the order that the result has
   * @return a log of those rows, with the same names
   * @throws IndexOutOfBoundsException if there is no such row
   */
  public Feedback select(int... rows) {
    Builder some = builder(users, items, rows.length);
    for (int row : rows) {
      Objects.checkIndex(row, size);
      some.add(user[row], item[row], value[row], time[row], kind(row));
    }
    return some.build();
  }

  /** Collects rows into a log. Not thread-safe. */
  public static final class Builder {
    private final Names users;
    private final Names items;
    private int size;
    private int[] user;
    private int[] item;
    private float[] value;
    private long[] time;
    private byte[] kind;

    private Builder(Names users, Names items, int capacity) {
      this.users = Objects.requireNonNull(users, "users");
      this.items = Objects.requireNonNull(items, "items");
      this.user = new int[capacity];
      this.item = new int[capacity];
      this.value = new float[capacity];
      this.time = new long[capacity];
      this.kind = new byte[capacity];
    }

    /**
     * Appends a row.
     *
     * @param ofUser an ordinal of the users
     * @param ofItem an ordinal of the items
     * @param ofValue a finite number
     * @param atTime any number, {@link #NO_TIME} for none
     * @param ofKind what happened
     * @return this
     * @throws IndexOutOfBoundsException if there is no such user or item
     * @throws IllegalArgumentException if the value is not finite
     */
    public Builder add(int ofUser, int ofItem, float ofValue, long atTime, Kind ofKind) {
      Objects.checkIndex(ofUser, users.size());
      Objects.checkIndex(ofItem, items.size());
      if (!Float.isFinite(ofValue)) {
        throw new IllegalArgumentException("value is " + ofValue + ", row " + size);
      }
      if (size == user.length) {
        int more = Math.max(FEWEST, size + (size >> 1));
        user = Arrays.copyOf(user, more);
        item = Arrays.copyOf(item, more);
        value = Arrays.copyOf(value, more);
        time = Arrays.copyOf(time, more);
        kind = Arrays.copyOf(kind, more);
      }
      user[size] = ofUser;
      item[size] = ofItem;
      value[size] = ofValue;
      time[size] = atTime;
      kind[size] = (byte) KINDS.indexOf(ofKind);
      size++;
      return this;
    }

    /** Columns as long as the log, which shares them: rows that are there never change. */
    private void trim() {
      if (size < user.length) {
        user = Arrays.copyOf(user, size);
        item = Arrays.copyOf(item, size);
        value = Arrays.copyOf(value, size);
        time = Arrays.copyOf(time, size);
        kind = Arrays.copyOf(kind, size);
      }
    }

    /**
     * Number of rows so far.
     *
     * @return at least 0
     */
    public int size() {
      return size;
    }

    /**
     * Ends the building. The builder may go on to grow; the log does not follow.
     *
     * @return the rows so far
     */
    public Feedback build() {
      return new Feedback(this);
    }
  }
}
