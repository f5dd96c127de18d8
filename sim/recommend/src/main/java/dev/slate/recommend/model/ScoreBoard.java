package dev.slate.recommend.model;

import dev.slate.kernel.ItemSet;
import dev.slate.recommend.Candidates;
import dev.slate.recommend.Interactions;
import dev.slate.recommend.Request;

/**
 * Sums of the scores of a few items out of many, and the selection of the best, for models of
 * neighbourhoods. Reused; costs 9 bytes an item. For one thread.
 */
final class ScoreBoard {
  private final float[] sums;
  private final boolean[] banned;
  private final int[] touched;
  private int size;
  private final Candidates found = new Candidates();

  ScoreBoard(int items) {
    this.sums = new float[items];
    this.banned = new boolean[items];
    this.touched = new int[items];
  }

  void clear() {
    for (int i = 0; i < size; i++) {
      sums[touched[i]] = 0;
    }
    size = 0;
  }

  /** Adds to an item's score; 0 adds nothing. */
  void add(int item, float score) {
    if (sums[item] == 0 && score != 0) {
      touched[size++] = item;
    }
    sums[item] += score;
    if (sums[item] == 0 && score != 0) {
      sums[item] = Float.MIN_VALUE; // It cancelled out, but stays among the touched.
    }
  }

  /** Number of items with a score. */
  int size() {
    return size;
  }

  int item(int place) {
    return touched[place];
  }

  float score(int item) {
    return sums[item];
  }

  /** The k best of all touched items that the request allows. */
  void select(Request request, Interactions history, int k, Candidates out) {
    if (request.excludeSeen()) {
      ban(request, history, true);
    }
    found.clear();
    for (int i = 0; i < size; i++) {
      int item = touched[i];
      if (!banned[item] && passes(request, item)) {
        found.add(item, sums[item]);
      }
    }
    if (request.excludeSeen()) {
      ban(request, history, false);
    }
    found.best(k);
    out.clear();
    for (int i = 0; i < found.size(); i++) {
      out.add(found.item(i), found.score(i));
    }
  }

  private void ban(Request request, Interactions history, boolean ban) {
    if (request.user() >= 0) {
      int end = history.start(request.user() + 1);
      for (int at = history.start(request.user()); at < end; at++) {
        banned[history.column(at)] = ban;
      }
    }
    for (int item : request.seeds()) {
      banned[item] = ban;
    }
  }

  static boolean passes(Request request, int item) {
    ItemSet allow = request.allow();
    ItemSet deny = request.deny();
    return (allow == null || allow.contains(item)) && (deny == null || !deny.contains(item));
  }
}
