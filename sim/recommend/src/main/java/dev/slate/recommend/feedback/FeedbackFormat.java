package dev.slate.recommend.feedback;

import dev.slate.data.TableFile;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Layouts of feedback files. */
public enum FeedbackFormat {
  /** {@code u.data}, {@code ua.base}: user, item, rating, time, tabs between; or ratings.csv. */
  MOVIELENS,
  /** {@code user_artists.dat}: user, artist, count of plays, tabs between. */
  LASTFM,
  /** RecBole's {@code .inter}: a header of {@code name:type}, tabs between. */
  INTER,
  /**
   * A header that names user and item, and perhaps value (or rating), time, kind; commas between,
   * or semicolons or tabs.
   */
  CSV,
  /** Columns as those of {@link #CSV}, of a file or of a folder of files. */
  PARQUET,
  /** {@code impressions.csv} of {@code slate sim}: step, user, rank, item, ad, chosen. */
  IMPRESSIONS;

  /** Tells the layout by the name of the file; null where the name does not. */
  public static @Nullable FeedbackFormat byName(String spec) {
    String name = spec.toLowerCase(Locale.ROOT).replaceFirst("\\.gz$", "");
    if (TableFile.isNamed(spec)) {
      return PARQUET;
    }
    String last = name.substring(name.lastIndexOf('/') + 1);
    if (last.equals("u.data") || last.matches("u[1-5ab]\\.(base|test)")) {
      return MOVIELENS;
    }
    if (last.equals("ratings.csv")) {
      return MOVIELENS;
    }
    if (last.equals("user_artists.dat")) {
      return LASTFM;
    }
    if (last.equals("impressions.csv")) {
      return IMPRESSIONS;
    }
    if (last.endsWith(".inter")) {
      return INTER;
    }
    if (last.endsWith(".csv") || last.endsWith(".tsv")) {
      return CSV;
    }
    return null;
  }
}
