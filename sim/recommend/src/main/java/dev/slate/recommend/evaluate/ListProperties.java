package dev.slate.recommend.evaluate;

import dev.slate.recommend.Interactions;
import it.unimi.dsi.fastutil.longs.Long2DoubleOpenHashMap;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Properties of recommended lists besides their relevance. Coverage, novelty, diversity and
 * serendipity are those of Microsoft recommenders, with the cosine of co-occurrence as similarity.
 * For one thread.
 */
public final class ListProperties {
  /** Chosen: users of two items from which on a look into a table takes less time than counting. */
  private static final int LONG = 100;

  /** Chosen: pairs in the table, which then takes 32 MB at most. */
  private static final int MOST_KEPT = 1 << 20;

  /** Of pairs of items with many users: popular items meet in many lists. */
  private final Long2DoubleOpenHashMap similarities = new Long2DoubleOpenHashMap();

  private final Interactions users;
  private final Interactions items;

  /** Takes the training: users as rows, items as columns. */
  public ListProperties(Interactions training) {
    this.users = training;
    this.items = training.transpose();
  }

  private int historyStart(int user) {
    return user < users.rows() ? users.start(user) : users.size();
  }

  private int historyEnd(int user) {
    return user < users.rows() ? users.start(user + 1) : users.size();
  }

  /**
   * Computes all properties.
   *
   * @param user the users
   * @param lists what each is recommended, best first
   * @param relevant for each list and place, whether the item is relevant to the user
   * @return by name, each finite
   */
  public Map<String, Double> of(int[] user, int[][] lists, boolean[][] relevant) {
    Map<String, Double> properties = new LinkedHashMap<>();
    int[] shown = new int[users.columns()];
    for (int[] list : lists) {
      for (int item : list) {
        shown[item]++;
      }
    }
    properties.put("coverage", coverage(shown));
    properties.put("distributional_coverage", entropy(shown));
    properties.put("gini", gini(shown));
    properties.put("novelty", novelty(shown));
    properties.put("diversity", diversity(lists));
    properties.put("serendipity", serendipity(user, lists, relevant));
    properties.put("popularity_lift", popularityLift(user, lists));
    return properties;
  }

  /** Share of the items of the training that are recommended to somebody. */
  private double coverage(int[] shown) {
    int known = 0;
    int covered = 0;
    for (int item = 0; item < shown.length; item++) {
      known += items.count(item) > 0 ? 1 : 0;
      covered += shown[item] > 0 ? 1 : 0;
    }
    return known == 0 ? 0 : (double) covered / known;
  }

  /** Entropy of the recommended items, in bits. */
  private static double entropy(int[] shown) {
    double total = Arrays.stream(shown).asLongStream().sum();
    double bits = 0;
    for (int count : shown) {
      if (count > 0) {
        bits -= count / total * Math.log(count / total) / Math.log(2);
      }
    }
    return bits;
  }

  /** Inequality of how often items of the training are shown: 0 all alike, 1 one item alone. */
  private double gini(int[] shown) {
    int[] counts = new int[shown.length];
    int n = 0;
    for (int item = 0; item < shown.length; item++) {
      if (items.count(item) > 0 || shown[item] > 0) {
        counts[n++] = shown[item];
      }
    }
    Arrays.sort(counts, 0, n);
    double total = 0;
    double ranked = 0;
    for (int i = 0; i < n; i++) {
      total += counts[i];
      ranked += (i + 1.0) * counts[i];
    }
    return total == 0 ? 0 : 2 * ranked / (n * total) - (n + 1.0) / n;
  }

  /** Mean self-information of what is shown, in bits; an item without history counts as one. */
  private double novelty(int[] shown) {
    double bits = 0;
    double total = 0;
    for (int item = 0; item < shown.length; item++) {
      double share = Math.max(1, items.count(item)) / (double) Math.max(1, users.size());
      bits -= shown[item] * Math.log(share) / Math.log(2);
      total += shown[item];
    }
    return total == 0 ? 0 : bits / total;
  }

  /** One minus the mean similarity of the pairs of a list, over lists of two items at least. */
  private double diversity(int[][] lists) {
    double sum = 0;
    int counted = 0;
    for (int[] list : lists) {
      double similar = 0;
      int pairs = 0;
      for (int i = 0; i < list.length; i++) {
        for (int j = i + 1; j < list.length; j++) {
          similar += similarity(list[i], list[j]);
          pairs++;
        }
      }
      if (pairs > 0) {
        sum += 1 - similar / pairs;
        counted++;
      }
    }
    return counted == 0 ? 0 : sum / counted;
  }

  /** How unlike a user's history the relevant items are, over all items of a list. */
  private double serendipity(int[] user, int[][] lists, boolean[][] relevant) {
    double sum = 0;
    int counted = 0;
    for (int at = 0; at < lists.length; at++) {
      int[] list = lists[at];
      if (list.length == 0) {
        continue;
      }
      int from = historyStart(user[at]);
      int to = historyEnd(user[at]);
      double surprise = 0;
      for (int place = 0; place < list.length; place++) {
        if (relevant[at][place]) {
          double similar = 0;
          for (int entry = from; entry < to; entry++) {
            similar += similarity(list[place], users.column(entry));
          }
          surprise += from == to ? 1 : 1 - similar / (to - from);
        }
      }
      sum += surprise / list.length;
      counted++;
    }
    return counted == 0 ? 0 : sum / counted;
  }

  /**
   * How much more popular the recommended items are than those of the users' histories, popularity
   * lift (Abdollahpouri et al. 2020): the mean number of users of the items of a list, over that of
   * the items of a history, both as means over the users who have a list and a history, minus 1.
   */
  private double popularityLift(int[] user, int[][] lists) {
    double shown = 0;
    double had = 0;
    for (int at = 0; at < lists.length; at++) {
      int from = historyStart(user[at]);
      int to = historyEnd(user[at]);
      if (lists[at].length == 0 || from == to) {
        continue;
      }
      long ofList = 0;
      for (int item : lists[at]) {
        ofList += items.count(item);
      }
      long ofHistory = 0;
      for (int entry = from; entry < to; entry++) {
        ofHistory += items.count(users.column(entry));
      }
      shown += (double) ofList / lists[at].length;
      had += (double) ofHistory / (to - from);
    }
    return had == 0 ? 0 : shown / had - 1;
  }

  /** Users of both, divided by the geometric mean of the users of each. */
  double similarity(int a, int b) {
    if (items.count(a) + items.count(b) < LONG) {
      return counted(a, b);
    }
    long pair = (long) Math.min(a, b) << Integer.SIZE | Math.max(a, b);
    double known = similarities.getOrDefault(pair, Double.NaN);
    if (!Double.isNaN(known)) {
      return known;
    }
    double similarity = counted(a, b);
    if (similarities.size() < MOST_KEPT) {
      similarities.put(pair, similarity);
    }
    return similarity;
  }

  private double counted(int a, int b) {
    int i = items.start(a);
    int j = items.start(b);
    int endI = items.start(a + 1);
    int endJ = items.start(b + 1);
    int both = 0;
    while (i < endI && j < endJ) {
      int left = items.column(i);
      int right = items.column(j);
      both += left == right ? 1 : 0;
      i += left <= right ? 1 : 0;
      j += right <= left ? 1 : 0;
    }
    return both == 0 ? 0 : both / Math.sqrt((double) items.count(a) * items.count(b));
  }
}
