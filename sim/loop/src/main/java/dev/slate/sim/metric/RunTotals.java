package dev.slate.sim.metric;

import dev.slate.kernel.ItemSet;
import dev.slate.sim.ItemCatalog;
import dev.slate.sim.StepState;
import org.jspecify.annotations.Nullable;

/** Sums over all steps since the start. Holds 8 bytes an item. */
final class RunTotals {
  private final ItemCatalog catalog;
  private final @Nullable ItemSet harmful;
  private final float[] liking;
  private final int[] picksOf;
  private double visits;
  private double shown;
  private double shownHarmful;
  private double shownPromoted;
  private double picks;
  private double picksPromoted;

  /**
   * Starts at zero.
   *
   * @param catalog the items
   * @param harmful the items that count as harmful; null for none
   */
  RunTotals(ItemCatalog catalog, @Nullable ItemSet harmful) {
    this.catalog = catalog;
    this.harmful = harmful;
    this.liking = new float[catalog.size()];
    this.picksOf = new int[catalog.size()];
  }

  /** Adds a step. */
  void take(StepState state) {
    for (int user = 0; user < state.users(); user++) {
      visits += state.step() > 0 && state.present(user) ? 1 : 0;
      for (int rank = 0; rank < state.shown(user); rank++) {
        int item = state.item(user, rank);
        shown++;
        shownPromoted += item == catalog.promoted() ? 1 : 0;
        shownHarmful += harmful != null && harmful.contains(item) ? 1 : 0;
      }
      if (state.chosen(user) >= 0) {
        pick(state.item(user, state.chosen(user)), state.satisfaction(user));
      }
    }
  }

  private void pick(int item, float satisfaction) {
    picks++;
    picksPromoted += item == catalog.promoted() ? 1 : 0;
    int picture = catalog.picture(item);
    picksOf[picture]++;
    liking[picture] += (satisfaction - liking[picture]) / picksOf[picture];
  }

  double promotedShare(StepState state) {
    return picksPromoted / picks;
  }

  double promotedShown(StepState state) {
    return shownPromoted / shown;
  }

  double harmfulShare(StepState state) {
    return shownHarmful / shown;
  }

  double withoutPick(StepState state) {
    return visits == 0 ? Double.NaN : 1 - picks / visits;
  }

  /** Mean over the pictures that were picked of the mean satisfaction with each. O(n). */
  double satisfactionByPicture(StepState state) {
    double sum = 0;
    int pictures = 0;
    for (int picture = 0; picture < liking.length; picture++) {
      if (picksOf[picture] > 0) {
        sum += liking[picture];
        pictures++;
      }
    }
    return pictures == 0 ? Double.NaN : sum / pictures;
  }
}
