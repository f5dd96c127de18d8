package dev.slate.recommend.feedback;

import dev.slate.data.InputException;
import dev.slate.recommend.Feedback;
import dev.slate.recommend.Kind;
import dev.slate.recommend.Names;
import dev.slate.recommend.Workers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads logs of feedback. */
public final class FeedbackFiles {
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
    return read(specs, format, users, items, Workers.ALONE);
  }

  /**
   * Reads files as one log, on several threads.
   *
   * @param specs names of the files
   * @param format their layout, or null to tell it by each name
   * @param users known names, to which those of the files are added
   * @param items known names, to which those of the files are added
   * @param workers who parse; the log does not depend on their number
   * @return the log
   * @throws InputException if a file cannot be read, is not of its layout, or holds no row
   */
  public static Feedback read(
      List<String> specs,
      @Nullable FeedbackFormat format,
      Names users,
      Names items,
      Workers workers) {
    return read(specs, format, users, items, workers, PlainRows.BLOCK);
  }

  /** With blocks of another size, in bytes. */
  static Feedback read(
      List<String> specs,
      @Nullable FeedbackFormat format,
      Names users,
      Names items,
      Workers workers,
      int block) {
    Feedback.Builder log = Feedback.builder(users, items);
    for (String spec : specs) {
      int before = log.size();
      FeedbackFormat known = format == null ? FeedbackFormat.byName(spec) : format;
      if (known == null) {
        throw new InputException(spec, "its name does not tell its format");
      }
      switch (known) {
        case LASTFM -> lastFm(spec, log, users, items);
        case PARQUET -> parquet(spec, log, users, items);
        default -> table(spec, known, log, users, items, workers, block);
      }
      if (log.size() == before) {
        throw new InputException(spec, "holds no feedback");
      }
    }
    return log.build();
  }

  /** Rows that are plain by all workers, what follows by the reader that knows all cases. */
  private static void table(
      String spec,
      FeedbackFormat format,
      Feedback.Builder log,
      Names users,
      Names items,
      Workers workers,
      int block) {
    try (TextRecords table = open(spec, format)) {
      RowLayout layout =
          switch (format) {
            case INTER -> inter(table);
            case CSV -> csv(table).separatedBy(table.separator());
            case IMPRESSIONS -> impressions(table);
            default -> movieLens(table);
          };
      int before = log.size();
      if (PlainRows.read(spec, layout, log, users, items, workers, block)) {
        return;
      }
      for (int row = before; row < log.size(); row++) {
        table.next();
      }
      table.each(row -> layout.add(row, log, users, items));
    }
  }

  private static void parquet(String spec, Feedback.Builder log, Names users, Names items) {
    try (ParquetTable table = new ParquetTable(spec)) {
      RowLayout layout = csv(table);
      table.take(layout.columns());
      while (table.next()) {
        layout.add(table, log, users, items);
      }
    }
  }

  private static TextRecords open(String spec, FeedbackFormat format) {
    return switch (format) {
      case CSV -> TextRecords.separated(spec);
      case IMPRESSIONS -> TextRecords.csv(spec).header();
      case INTER -> tabs(spec).header();
      case LASTFM -> tabs(spec);
      case PARQUET -> throw new IllegalArgumentException(spec);
      case MOVIELENS ->
          spec.endsWith(".csv") || spec.endsWith(".csv.gz")
              ? TextRecords.csv(spec).header()
              : tabs(spec);
    };
  }

  private static TextRecords tabs(String spec) {
    return TextRecords.plain(spec, '\t', StandardCharsets.UTF_8);
  }

  private static RowLayout movieLens(TextRecords table) {
    return table.names().isEmpty()
        ? RowLayout.ofKind('\t', false, 0, 1, 2, 3, Kind.RATING).withStars()
        : RowLayout.ofKind(
                ',',
                true,
                table.required("userId"),
                table.required("movieId"),
                table.required("rating"),
                table.required("timestamp"),
                Kind.RATING)
            .withStars();
  }

  /** Some copies start with counts of users and rows, others with a header. */
  private static void lastFm(String spec, Feedback.Builder log, Names users, Names items) {
    try (TextRecords table = tabs(spec)) {
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

  private static RowLayout inter(TextRecords table) {
    int user = table.required("user_id:token");
    int item = table.required("item_id:token");
    int rating = table.column("rating:float");
    int time = table.column("timestamp:float");
    Kind kind = rating < 0 ? Kind.CLICK : Kind.RATING;
    return RowLayout.ofKind('\t', true, user, item, rating, time, kind);
  }

  private static RowLayout csv(Table table) {
    int user = table.required("user", "user_id", "userId");
    int item = table.required("item", "item_id", "itemId", "movieId");
    int value = table.column("value", "rating", "weight", "count");
    boolean rated = value >= 0 && table.names().get(value).equalsIgnoreCase("rating");
    int time = table.column("time", "timestamp");
    int kind = table.column("kind", "event");
    return kind < 0
        ? RowLayout.ofKind(',', true, user, item, value, time, rated ? Kind.RATING : Kind.CLICK)
        : RowLayout.ofKinds(user, item, value, time, kind, false);
  }

  private static RowLayout impressions(TextRecords table) {
    int step = table.required("step");
    int user = table.required("user");
    int item = table.required("item");
    int chosen = table.required("chosen");
    return RowLayout.ofKinds(user, item, -1, step, chosen, true);
  }
}
