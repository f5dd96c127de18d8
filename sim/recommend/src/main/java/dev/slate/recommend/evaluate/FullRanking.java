package dev.slate.recommend.evaluate;

import dev.slate.recommend.Candidates;
import dev.slate.recommend.Feedback;
import dev.slate.recommend.Interactions;
import dev.slate.recommend.Request;
import dev.slate.recommend.Retrieval;
import dev.slate.recommend.Retriever;
import dev.slate.recommend.Weighting;
import dev.slate.recommend.Workers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Recommends to every user of a test, out of all items but those of the training, and judges the
 * lists.
 *
 * @param scores the figures of each user who counts
 * @param users ordinals of those users, in the same order
 * @param lists what each was recommended, best first
 * @param relevant for each list and place, whether the item is relevant
 * @param fallbacks users for whom the model had nothing, and who got what is popular
 */
public record FullRanking(
    Scores scores, int[] users, int[][] lists, boolean[][] relevant, int fallbacks) {

  /**
   * Runs.
   *
   * @param model the model
   * @param fallback what users get for whom the model has nothing
   * @param test shares the names of the model; users and items that the model does not know come
   *     after those that it knows
   * @param positive what counts as relevant; grades are the values of rows
   * @param judge the figures
   * @param workers who carries it out
   */
  public static FullRanking of(
      Retriever model,
      Retriever fallback,
      Feedback test,
      Weighting positive,
      Judge judge,
      Workers workers) {
    Interactions truth = Interactions.of(test, positive);
    int[] users = asked(truth);
    int k = 1;
    for (Figure figure : judge.figures()) {
      k = Math.max(k, Math.min(figure.k(), model.history().columns()));
    }
    int[][] lists = lists(model, fallback, users, k, workers);
    int fallbacks = 0;
    List<String> names = new ArrayList<>();
    double[][] values = new double[judge.figures().size()][users.length];
    boolean[][] relevant = new boolean[users.length][];
    for (int at = 0; at < users.length; at++) {
      names.add(test.users().get(users[at]));
      if (lists[at].length > 0 && lists[at][0] < 0) {
        lists[at] = Arrays.copyOfRange(lists[at], 1, lists[at].length);
        fallbacks++;
      }
      JudgedList judged = judged(truth, users[at], lists[at]);
      relevant[at] = new boolean[lists[at].length];
      for (int place = 0; place < relevant[at].length; place++) {
        relevant[at][place] = judged.hit(place);
      }
      double[] row = judge.of(judged);
      for (int figure = 0; figure < row.length; figure++) {
        values[figure][at] = row[figure];
      }
    }
    return new FullRanking(
        new Scores(judge.figures(), names, values), users, lists, relevant, fallbacks);
  }

  /** Users with a relevant item. */
  private static int[] asked(Interactions truth) {
    int[] users = new int[truth.rows()];
    int size = 0;
    for (int user = 0; user < truth.rows(); user++) {
      if (truth.count(user) > 0) {
        users[size++] = user;
      }
    }
    return Arrays.copyOf(users, size);
  }

  /** Lists of items; one of a fallback starts with -1. */
  private static int[][] lists(
      Retriever model, Retriever fallback, int[] users, int k, Workers workers) {
    int[][] lists = new int[users.length][];
    int[] known = Arrays.stream(users).filter(user -> user < model.history().rows()).toArray();
    model.retrieveAll(
        known,
        k,
        true,
        workers,
        (at, items) -> lists[at] = copy(items)); // Known users come first: ordinals ascend.
    Retrieval popular = fallback.open();
    Candidates out = new Candidates();
    for (int at = 0; at < users.length; at++) {
      if (lists[at] == null || lists[at].length == 0) {
        int user = users[at] < model.history().rows() ? users[at] : -1;
        popular.retrieve(Request.of(user), k, out);
        lists[at] = new int[out.size() + 1];
        lists[at][0] = -1;
        System.arraycopy(copy(out), 0, lists[at], 1, out.size());
      }
    }
    return lists;
  }

  private static int[] copy(Candidates items) {
    int[] copy = new int[items.size()];
    for (int i = 0; i < copy.length; i++) {
      copy[i] = items.item(i);
    }
    return copy;
  }

  private static JudgedList judged(Interactions truth, int user, int[] list) {
    float[] grades = new float[list.length];
    float[] relevant = new float[truth.count(user)];
    int from = truth.start(user);
    for (int i = 0; i < relevant.length; i++) {
      relevant[i] = truth.weight(from + i);
    }
    int[] items = truth.columnsOf(user);
    for (int place = 0; place < list.length; place++) {
      int found = Arrays.binarySearch(items, list[place]);
      grades[place] = found < 0 ? 0 : relevant[found];
    }
    return JudgedList.of(grades, relevant);
  }
}
