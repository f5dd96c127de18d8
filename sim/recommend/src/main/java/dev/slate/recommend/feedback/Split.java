package dev.slate.recommend.feedback;

import dev.slate.recommend.Feedback;
import dev.slate.recommend.TrainingException;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import it.unimi.dsi.fastutil.ints.IntOpenHashSet;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Divides a log into rows to learn from and rows to judge by.
 *
 * <ul>
 *   <li>{@code random:SHARE}: each pair of user and item, with all its rows, goes to the test with
 *       this probability
 *   <li>{@code time:SHARE}: the latest rows of the whole log; rows as late as the cut stay
 *   <li>{@code user:SHARE}: the latest rows of each user, rounded down
 *   <li>{@code leave-one-out}: the latest row of each user who has two at least
 *   <li>{@code cold:SHARE}: this share of the users keeps the rows of its first 1 to 3 items, as
 *       users do who have just arrived; their other rows are the test
 * </ul>
 *
 * @param how one of those above
 * @param share of the rows that go to the test, or of the users who are cold, above 0 and below 1;
 *     unused by leave-one-out
 */
public record Split(How how, double share) {
  private static final int MOST_OF_THE_COLD = 3;

  /** The ways to divide. */
  public enum How {
    /** Pairs at random. */
    RANDOM,
    /** By the time of the whole log. */
    TIME,
    /** By time within each user. */
    USER,
    /** The last row of each user. */
    LEAVE_ONE_OUT,
    /** All but the first items of some users. */
    COLD
  }

  /** The two parts of a log. */
  public record Parts(Feedback train, Feedback test) {}

  /**
   * Reads one of the ways above.
   *
   * @throws TrainingException if it is none of them
   */
  public static Split parse(String text) {
    if (text.equals("leave-one-out")) {
      return new Split(How.LEAVE_ONE_OUT, 0);
    }
    int colon = text.indexOf(':');
    try {
      How how =
          switch (colon < 0 ? "" : text.substring(0, colon)) {
            case "random" -> How.RANDOM;
            case "time" -> How.TIME;
            case "user" -> How.USER;
            case "cold" -> How.COLD;
            default -> throw new NumberFormatException();
          };
      double share = Double.parseDouble(text.substring(colon + 1));
      if (share > 0 && share < 1) {
        return new Split(how, share);
      }
    } catch (NumberFormatException e) {
      throw unknown(text);
    }
    throw unknown(text);
  }

  private static TrainingException unknown(String text) {
    return new TrainingException(
        TrainingException.Data.SPLIT,
        "'"
            + text
            + "' is not random:SHARE, time:SHARE, user:SHARE, cold:SHARE (0 < SHARE < 1) or"
            + " leave-one-out");
  }

  /**
   * Divides.
   *
   * @param log the rows
   * @param seed decides what is random
   * @return both parts, rows in the order of the log
   * @throws TrainingException if times are needed and missing, or a part is left without rows
   */
  public Parts divide(Feedback log, long seed) {
    if (how != How.RANDOM && !log.timed()) {
      throw new TrainingException(
          TrainingException.Data.SPLIT,
          "needs the time of each row, and the feedback has none; random:SHARE needs none");
    }
    boolean[] test =
        switch (how) {
          case RANDOM -> atRandom(log, seed);
          case TIME -> afterTheCut(log);
          case USER, LEAVE_ONE_OUT -> lastOfEach(log);
          case COLD -> allButTheFirst(log, seed);
        };
    IntArrayList kept = new IntArrayList();
    IntArrayList held = new IntArrayList();
    for (int row = 0; row < test.length; row++) {
      (test[row] ? held : kept).add(row);
    }
    if (held.isEmpty() || kept.isEmpty()) {
      throw new TrainingException(
          TrainingException.Data.SPLIT,
          "leaves no row to " + (held.isEmpty() ? "test on" : "train on"));
    }
    return new Parts(log.select(kept.toIntArray()), log.select(held.toIntArray()));
  }

  private boolean[] atRandom(Feedback log, long seed) {
    boolean[] test = new boolean[log.size()];
    for (int row = 0; row < test.length; row++) {
      long pair = ((long) log.user(row) << 32) + log.item(row);
      test[row] = new SplittableRandom(seed ^ (pair * 0x9E3779B97F4A7C15L)).nextDouble() < share;
    }
    return test;
  }

  private boolean[] afterTheCut(Feedback log) {
    long[] times = new long[log.size()];
    for (int row = 0; row < times.length; row++) {
      times[row] = log.time(row);
    }
    Arrays.sort(times);
    int kept = Math.max(1, (int) Math.ceil(times.length * (1 - share)));
    long cut = times[kept - 1];
    boolean[] test = new boolean[times.length];
    for (int row = 0; row < test.length; row++) {
      test[row] = log.time(row) > cut;
    }
    return test;
  }

  private boolean[] allButTheFirst(Feedback log, long seed) {
    boolean[] test = new boolean[log.size()];
    int[][] histories = Histories.of(log);
    for (int user = 0; user < histories.length; user++) {
      SplittableRandom random = new SplittableRandom(seed ^ (user * 0x9E3779B97F4A7C15L));
      if (random.nextDouble() >= share) {
        continue;
      }
      int kept = random.nextInt(1, MOST_OF_THE_COLD + 1);
      IntOpenHashSet first = new IntOpenHashSet();
      for (int row : histories[user]) {
        if (first.size() < kept) {
          first.add(log.item(row));
        }
        test[row] = !first.contains(log.item(row));
      }
    }
    return test;
  }

  private boolean[] lastOfEach(Feedback log) {
    boolean[] test = new boolean[log.size()];
    for (int[] rows : Histories.of(log)) {
      int held = how == How.LEAVE_ONE_OUT ? (rows.length > 1 ? 1 : 0) : (int) (rows.length * share);
      for (int i = rows.length - held; i < rows.length; i++) {
        test[rows[i]] = true;
      }
    }
    return test;
  }
}
