package dev.slate.recommend.evaluate;

import dev.slate.recommend.Feedback;
import dev.slate.recommend.Kind;
import dev.slate.recommend.Weighting;
import it.unimi.dsi.fastutil.ints.Int2IntOpenHashMap;
import it.unimi.dsi.fastutil.longs.LongOpenHashSet;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The value of recommended items to a business, from the test's rows about them, per user with a
 * recommendation. A figure is given for each kind of feedback that the test holds; {@code
 * engagement}, a weighted sum over all kinds, is always given, since clicks alone mislead.
 */
public final class Engagement {
  private static final Set<Kind> MATCHES =
      EnumSet.of(Kind.PURCHASE, Kind.SUBSCRIBE, Kind.BOOKMARK, Kind.DOUBLE_THUMB_UP);

  private Engagement() {}

  /**
   * Adds up.
   *
   * @param test the rows
   * @param weighting the weight of each kind
   * @param users ordinals, and what each was recommended
   * @param lists what each was recommended
   * @return by name: {@code watch_time} and {@code dwell_time} (sum of values), {@code match_rate}
   *     (share of users with a purchase, subscription, bookmark or double thumb up), {@code
   *     repeat_visits} and {@code clicks} (rows), {@code engagement}
   */
  public static Map<String, Double> of(
      Feedback test, Weighting weighting, int[] users, int[][] lists) {
    LongOpenHashSet shown = new LongOpenHashSet();
    Int2IntOpenHashMap places = new Int2IntOpenHashMap();
    for (int at = 0; at < users.length; at++) {
      places.put(users[at], at);
      for (int item : lists[at]) {
        shown.add((long) users[at] << 32 | item);
      }
    }
    double[] sums = new double[5];
    boolean[] matched = new boolean[users.length];
    Set<Kind> kinds = EnumSet.noneOf(Kind.class);
    for (int row = 0; row < test.size(); row++) {
      Kind kind = test.kind(row);
      kinds.add(kind);
      if (!shown.contains((long) test.user(row) << 32 | test.item(row))) {
        continue;
      }
      float value = test.value(row);
      sums[0] += kind == Kind.WATCH ? value : 0;
      sums[1] += kind == Kind.DWELL ? value : 0;
      sums[2] += kind == Kind.REPEAT_VISIT ? 1 : 0;
      sums[3] += kind == Kind.CLICK ? 1 : 0;
      sums[4] += weighting.of(kind, value);
      matched[places.get(test.user(row))] |= MATCHES.contains(kind);
    }
    double n = Math.max(1, users.length);
    Map<String, Double> figures = new LinkedHashMap<>();
    put(figures, kinds.contains(Kind.WATCH), "watch_time", sums[0] / n);
    put(figures, kinds.contains(Kind.DWELL), "dwell_time", sums[1] / n);
    put(figures, kinds.contains(Kind.REPEAT_VISIT), "repeat_visits", sums[2] / n);
    put(figures, kinds.contains(Kind.CLICK), "clicks", sums[3] / n);
    int matches = 0;
    for (boolean each : matched) {
      matches += each ? 1 : 0;
    }
    put(figures, kinds.stream().anyMatch(MATCHES::contains), "match_rate", matches / n);
    put(figures, true, "engagement", sums[4] / n);
    return figures;
  }

  private static void put(Map<String, Double> figures, boolean known, String name, double value) {
    if (known) {
      figures.put(name, value);
    }
  }
}
