package dev.slate.recommend.feedback;

import dev.slate.data.InputException;
import dev.slate.recommend.Feedback;
import dev.slate.recommend.Kind;
import dev.slate.recommend.Names;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads logs of feedback. */
public final class FeedbackFiles {
  private static final float LOWEST_STARS = 0.5f;
  private static final float MOST_STARS = 5f;

  private FeedbackFiles() {}

  /**
   * Reads files as one log.
   *
   * @param specs names of the files
   * @param format their layout, or null to tell it by each name
   * @param users known names, to which those of the files are added
   * @param items known names, to which those of the files are added
   * @return the log
   * @throws InputException if a file cannot be read, is not of its layout, or holds no row
   */
  public static Feedback read(
      List<String> specs, @Nullable FeedbackFormat format, Names users, Names items) {
    Feedback.Builder log = Feedback.builder(users, items);
    for (String spec : specs) {
      int before = log.size();
      FeedbackFormat known = format == null ? FeedbackFormat.byName(spec) : format;
      if (known == null) {
        throw new InputException(spec, "its name does not tell its format");
      }
      switch (known) {
        case MOVIELENS -> movieLens(spec, log, users, items);
        case LASTFM -> lastFm(spec, log, users, items);
        case INTER -> inter(spec, log, users, items);
        case CSV -> csv(spec, log, users, items);
        case IMPRESSIONS -> impressions(spec, log, users, items);
      }
      if (log.size() == before) {
        throw new InputException(spec, "holds no feedback");
      }
    }
    return log.build();
  }

  private static void movieLens(String spec, Feedback.Builder log, Names users, Names items) {
    if (spec.endsWith(".csv") || spec.endsWith(".csv.gz")) {
      try (TextRecords table = TextRecords.csv(spec).header()) {
        int user = table.required("userId");
        int item = table.required("movieId");
        int rating = table.required("rating");
        int time = table.required("timestamp");
        table.each(row -> rating(row, user, item, rating, time, log, users, items));
      }
      return;
    }
    try (TextRecords table = TextRecords.plain(spec, '\t', StandardCharsets.UTF_8)) {
      table.each(row -> rating(row, 0, 1, 2, 3, log, users, items));
    }
  }

  private static void rating(
      TextRecords row,
      int user,
      int item,
      int rating,
      int time,
      Feedback.Builder log,
      Names users,
      Names items) {
    float stars = row.number(rating);
    if (!(stars >= LOWEST_STARS && stars <= MOST_STARS)) {
      throw row.bad("a rating is from 0.5 to 5, not " + row.text(rating)).atColumn(rating);
    }
    log.add(
        users.add(row.text(user)), items.add(row.text(item)), stars, row.time(time), Kind.RATING);
  }

  /** Some copies start with counts of users and rows, others with a header. */
  private static void lastFm(String spec, Feedback.Builder log, Names users, Names items) {
    try (TextRecords table = TextRecords.plain(spec, '\t', StandardCharsets.UTF_8)) {
      boolean started = false;
      while (table.next()) {
        if (!started && (table.width() < 3 || table.text(0).equalsIgnoreCase("userID"))) {
          continue;
        }
        started = true;
        float plays = table.number(2);
        if (plays < 0) {
          throw table.bad("a count is at least 0, not " + table.text(2)).atColumn(2);
        }
        log.add(
            users.add(table.text(0)),
            items.add(table.text(1)),
            plays,
            Feedback.NO_TIME,
            Kind.WATCH);
      }
    }
  }

  private static void inter(String spec, Feedback.Builder log, Names users, Names items) {
    try (TextRecords table = TextRecords.plain(spec, '\t', StandardCharsets.UTF_8).header()) {
      int user = table.required("user_id:token");
      int item = table.required("item_id:token");
      int rating = table.column("rating:float");
      int time = table.column("timestamp:float");
      table.each(
          row ->
              log.add(
                  users.add(row.text(user)),
                  items.add(row.text(item)),
                  rating < 0 ? 1 : row.number(rating),
                  time < 0 ? Feedback.NO_TIME : row.time(time),
                  rating < 0 ? Kind.CLICK : Kind.RATING));
    }
  }

  private static void csv(String spec, Feedback.Builder log, Names users, Names items) {
    try (TextRecords table = TextRecords.csv(spec).header()) {
      int user = table.required("user", "user_id", "userId");
      int item = table.required("item", "item_id", "itemId");
      int value = table.column("value", "rating", "weight", "count");
      boolean rated = value >= 0 && table.names().get(value).equalsIgnoreCase("rating");
      int time = table.column("time", "timestamp");
      int kind = table.column("kind", "event");
      table.each(
          row ->
              log.add(
                  users.add(row.text(user)),
                  items.add(row.text(item)),
                  value < 0 ? 1 : row.number(value),
                  time < 0 ? Feedback.NO_TIME : row.time(time),
                  kind < 0 ? (rated ? Kind.RATING : Kind.CLICK) : kind(row, kind)));
    }
  }

  private static Kind kind(TextRecords row, int column) {
    Kind kind = Kind.of(row.text(column));
    if (kind == null) {
      throw row.bad("'" + row.text(column) + "' is no kind of feedback").atColumn(column);
    }
    return kind;
  }

  private static void impressions(String spec, Feedback.Builder log, Names users, Names items) {
    try (TextRecords table = TextRecords.csv(spec).header()) {
      int step = table.required("step");
      int user = table.required("user");
      int item = table.required("item");
      int chosen = table.required("chosen");
      table.each(
          row ->
              log.add(
                  users.add(row.text(user)),
                  items.add(row.text(item)),
                  1,
                  row.time(step),
                  row.number(chosen) != 0 ? Kind.CLICK : Kind.SHOWN));
    }
  }
}
