package dev.slate.sim.select;

import dev.slate.kernel.Searcher;
import dev.slate.kernel.Slate;
import dev.slate.sim.Moment;
import dev.slate.sim.Offer;
import dev.slate.sim.Selector;
import dev.slate.sim.Setting;
import dev.slate.sim.Visit;
import java.util.Arrays;

/**
 * What was picked most, the same for all. At the start each of the first users has one vote for the
 * item nearest to her; from then on each pick is a vote, so what is shown gets more of them. Ties
 * go to the smaller ordinal.
 */
public final class PopularSelector implements Selector {
  private static final int VOTERS = 10_000;

  private int[] votes = {};
  private int[] list = {};

  @Override
  public String name() {
    return "popular";
  }

  @Override
  public String description() {
    return "the k items picked most so far, the same for all";
  }

  @Override
  public void open(Setting setting) {
    votes = new int[setting.world().size()];
    list = new int[Math.min(setting.k(), setting.eligibleItems())];
  }

  @Override
  public void beforeStep(Moment people) {
    if (people.step() == 1) {
      firstVotes(people);
    } else {
      for (int user = 0; user < people.users(); user++) {
        if (people.chosen(user) >= 0) {
          votes[people.item(user, people.chosen(user))]++;
        }
      }
    }
    rank(people.setting());
  }

  private void firstVotes(Moment people) {
    Searcher searcher = people.setting().world().index().searcher();
    float[] preference = new float[people.setting().world().dimensions()];
    Slate nearest = new Slate(1);
    for (int user = 0; user < Math.min(VOTERS, people.users()); user++) {
      for (int j = 0; j < preference.length; j++) {
        preference[j] = people.estimate(user, j);
      }
      searcher.search(preference, nearest);
      votes[nearest.ordinal(0)]++;
    }
  }

  /** Keeps the most voted by insertion; most items fail at the first comparison. O(n). */
  private void rank(Setting setting) {
    int k = list.length;
    int size = 0;
    for (int item = 0; item < votes.length; item++) {
      if ((size == k && votes[item] <= votes[list[k - 1]]) || !setting.eligible(item)) {
        continue;
      }
      int at = size == k ? k - 1 : size++;
      while (at > 0 && votes[list[at - 1]] < votes[item]) {
        list[at] = list[at - 1];
        at--;
      }
      list[at] = item;
    }
    list = Arrays.copyOf(list, size);
  }

  @Override
  public void select(Visit visit, Offer offer) {
    for (int i = 0; i < list.length && !offer.full(); i++) {
      offer.add(list[i]);
    }
  }
}
