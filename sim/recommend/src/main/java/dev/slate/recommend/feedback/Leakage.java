package dev.slate.recommend.feedback;

import dev.slate.recommend.Feedback;
import it.unimi.dsi.fastutil.longs.LongOpenHashSet;
import java.util.ArrayList;
import java.util.List;

/**
 * Overlap of a test with its training, and users and items of the test that the training lacks.
 *
 * @param repeated pairs of user and item of the test that are in the training too
 * @param earlier rows of the test that are older than the latest of the training; 0 without times
 * @param newUsers users of the test without a row in the training
 * @param newItems items of the test without a row in the training
 * @param duplicates rows of the test beyond the first of their pair
 */
public record Leakage(int repeated, int earlier, int newUsers, int newItems, int duplicates) {
  /** Compares two logs that share their names. */
  public static Leakage between(Feedback train, Feedback test) {
    LongOpenHashSet seen = new LongOpenHashSet(test.size());
    int duplicates = 0;
    for (int row = 0; row < test.size(); row++) {
      if (!seen.add(pair(test, row))) {
        duplicates++;
      }
    }
    LongOpenHashSet repeated = new LongOpenHashSet();
    boolean[] users = new boolean[train.users().size()];
    boolean[] items = new boolean[train.items().size()];
    long latest = Long.MIN_VALUE;
    for (int row = 0; row < train.size(); row++) {
      if (seen.contains(pair(train, row))) {
        repeated.add(pair(train, row));
      }
      users[train.user(row)] = true;
      items[train.item(row)] = true;
      latest = Math.max(latest, train.time(row));
    }
    boolean timed = train.timed() && test.timed();
    int earlier = 0;
    int newUsers = 0;
    int newItems = 0;
    for (int row = 0; row < test.size(); row++) {
      if (timed && test.time(row) < latest) {
        earlier++;
      }
      if (!users[test.user(row)]) {
        users[test.user(row)] = true;
        newUsers++;
      }
      if (!items[test.item(row)]) {
        items[test.item(row)] = true;
        newItems++;
      }
    }
    return new Leakage(repeated.size(), earlier, newUsers, newItems, duplicates);
  }

  private static long pair(Feedback log, int row) {
    return (long) log.user(row) << 32 | log.item(row);
  }

  /** What there is to say, a line each; nothing where all is as it should be. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    if (repeated > 0) {
      lines.add(
          repeated
              + " pairs of the test are in the training too: they count as relevant, and seen items"
              + " are left out, so no model can find them");
    }
    if (earlier > 0) {
      lines.add(
          earlier
              + " rows of the test are older than the latest of the training: the split is not one"
              + " by time, and figures are those of hindsight");
    }
    if (newUsers > 0) {
      lines.add(newUsers + " users of the test have no history in the training");
    }
    if (newItems > 0) {
      lines.add(newItems + " items of the test are not in the training");
    }
    if (duplicates > 0) {
      lines.add(duplicates + " rows of the test repeat a pair and count once");
    }
    return lines;
  }
}
