package dev.slate.recommend.feedback;

import dev.slate.recommend.Feedback;
import dev.slate.recommend.Kind;
import dev.slate.recommend.Names;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Where a table of feedback has what.
 *
 * @param separator between cells
 * @param quotes whether cells may be quoted
 * @param header whether the first record names the columns
 * @param user column of users
 * @param item column of items
 * @param value column of values, or -1 where each is 1
 * @param time column of times, or -1 where there are none
 * @param fixed the kind of each row, or null where a column tells it
 * @param kind column of the kind, or -1
 * @param chosen whether that column holds numbers, 0 for what was shown and others for a click
 * @param stars whether values are stars, 0.5 to 5
 */
record RowLayout(
    char separator,
    boolean quotes,
    boolean header,
    int user,
    int item,
    int value,
    int time,
    @Nullable Kind fixed,
    int kind,
    boolean chosen,
    boolean stars) {
  private static final float LOWEST_STARS = 0.5f;
  private static final float MOST_STARS = 5f;
  private static final String KINDS =
      Arrays.stream(Kind.values()).map(Kind::word).collect(Collectors.joining(", "));

  /** Rows of one kind. */
  static RowLayout ofKind(
      char separator, boolean header, int user, int item, int value, int time, Kind fixed) {
    return new RowLayout(
        separator, separator == ',', header, user, item, value, time, fixed, -1, false, false);
  }

  /** Comma-separated rows whose kind a column tells. */
  static RowLayout ofKinds(int user, int item, int value, int time, int kind, boolean chosen) {
    return new RowLayout(',', true, true, user, item, value, time, null, kind, chosen, false);
  }

  /** The same table with other separators, whose cells may be quoted. */
  RowLayout separatedBy(char separator) {
    return new RowLayout(
        separator, true, header, user, item, value, time, fixed, kind, chosen, stars);
  }

  /** The same table, with stars as values. */
  RowLayout withStars() {
    return new RowLayout(
        separator, quotes, header, user, item, value, time, fixed, kind, chosen, true);
  }

  /** The columns that are read. */
  int[] columns() {
    return IntStream.of(user, item, value, time, kind).filter(column -> column >= 0).toArray();
  }

  /** The last column that a row needs. */
  int last() {
    return Math.max(Math.max(user, item), Math.max(value, Math.max(time, kind)));
  }

  /** Whether a value may stand in this table. */
  boolean accepts(float number) {
    return !stars || (number >= LOWEST_STARS && number <= MOST_STARS);
  }

  /** Appends a record. */
  void add(Table row, Feedback.Builder log, Names users, Names items) {
    float number = value < 0 ? 1 : row.number(value);
    if (!accepts(number)) {
      throw row.bad("a rating is from 0.5 to 5, not " + row.text(value)).atColumn(value);
    }
    log.add(
        users.add(row.text(user)),
        items.add(row.text(item)),
        number,
        time < 0 ? Feedback.NO_TIME : row.time(time),
        kind(row));
  }

  private Kind kind(Table row) {
    if (fixed != null) {
      return fixed;
    }
    if (chosen) {
      return row.number(kind) != 0 ? Kind.CLICK : Kind.SHOWN;
    }
    Kind told = Kind.of(row.text(kind));
    if (told == null) {
      throw row.bad("'" + row.text(kind) + "' is no kind of feedback; there are " + KINDS)
          .atColumn(kind);
    }
    return told;
  }
}
