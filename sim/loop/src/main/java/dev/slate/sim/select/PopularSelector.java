package dev.slate.sim.select;

import dev.slate.kernel.Searcher;
import dev.slate.kernel.Slate;
import dev.slate.sim.RunSettings;
import dev.slate.sim.Selector;
import dev.slate.sim.SelectorContext;
import dev.slate.sim.SlateBuilder;
import dev.slate.sim.StepState;
import java.util.Arrays;

/**
 * The items that were picked most, the same for all users. At the start each of the first users has
 * one vote for the item nearest to her. From then on each pick is a vote, so items that are shown
 * get more votes. Ties go to the smaller ordinal.
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
  public void open(RunSettings settings) {
    votes = new int[settings.catalog().size()];
    list = new int[Math.min(settings.k(), settings.eligibleItems())];
  }

  @Override
  public void beforeStep(StepState state) {
    if (state.step() == 1) {
      firstVotes(state);
    } else {
      for (int user = 0; user < state.users(); user++) {
        if (state.chosen(user) >= 0) {
          votes[state.item(user, state.chosen(user))]++;
        }
      }
    }
    rank(state.settings());
  }

  private void firstVotes(StepState state) {
    Searcher searcher = state.settings().catalog().index().searcher();
    float[] preference = new float[state.settings().catalog().dimensions()];
    Slate nearest = new Slate(1);
    for (int user = 0; user < Math.min(VOTERS, state.users()); user++) {
      for (int j = 0; j < preference.length; j++) {
        preference[j] = state.estimate(user, j);
      }
      searcher.search(preference, nearest);
      votes[nearest.ordinal(0)]++;
    }
  }

  /** Keeps the most voted by insertion; most items fail at the first comparison. O(n). */
  private void rank(RunSettings settings) {
    int k = list.length;
    int size = 0;
    for (int item = 0; item < votes.length; item++) {
      if ((size == k && votes[item] <= votes[list[k - 1]]) || !settings.eligible(item)) {
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
  public void select(SelectorContext context, SlateBuilder slate) {
    for (int i = 0; i < list.length && !slate.full(); i++) {
      slate.add(list[i]);
    }
  }
}
