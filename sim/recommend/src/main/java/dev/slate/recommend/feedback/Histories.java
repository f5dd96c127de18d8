package dev.slate.recommend.feedback;

import dev.slate.recommend.Feedback;
import java.util.Arrays;
import java.util.Comparator;

/** Rows of a log by user, in order of time; rows of one time, or of none, in order of the log. */
public final class Histories {
  private Histories() {}

  /** Rows of each user, earliest first. */
  public static int[][] of(Feedback log) {
    int[] counts = new int[log.users().size()];
    for (int row = 0; row < log.size(); row++) {
      counts[log.user(row)]++;
    }
    int[][] rows = new int[counts.length][];
    for (int user = 0; user < rows.length; user++) {
      rows[user] = new int[counts[user]];
    }
    Arrays.fill(counts, 0);
    for (int row = 0; row < log.size(); row++) {
      int user = log.user(row);
      rows[user][counts[user]++] = row;
    }
    for (int user = 0; user < rows.length; user++) {
      if (!ordered(log, rows[user])) {
        rows[user] = sorted(log, rows[user]);
      }
    }
    return rows;
  }

  private static boolean ordered(Feedback log, int[] rows) {
    for (int i = 1; i < rows.length; i++) {
      if (log.time(rows[i]) < log.time(rows[i - 1])) {
        return false;
      }
    }
    return true;
  }

  private static int[] sorted(Feedback log, int[] rows) {
    return Arrays.stream(rows)
        .boxed()
        .sorted(Comparator.comparingLong(log::time))
        .mapToInt(Integer::intValue)
        .toArray();
  }
}
