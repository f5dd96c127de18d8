package dev.slate.sim;

import dev.slate.kernel.ItemSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Settings of a run, as a selector sees them.
 *
 * @param catalog the items
 * @param k size of a slate
 * @param editorial the ordinals of the hand-given list, best first; empty where none was given
 * @param disclose whether an advertisement is shown as one
 * @param eligible the items that may be shown; null for all
 * @param eligibleItems how many items may be shown
 */
public record RunSettings(
    ItemCatalog catalog,
    int k,
    List<Integer> editorial,
    boolean disclose,
    @Nullable ItemSet eligible,
    int eligibleItems) {
  /**
   * Creates a setting.
   *
   * @throws IllegalArgumentException if k is below 1
   */
  public RunSettings {
    editorial = List.copyOf(editorial);
    if (k < 1) {
      throw new IllegalArgumentException("k must be at least 1, but it is " + k);
    }
  }

  /**
   * Tells whether an item may be shown.
   *
   * @param item its ordinal
   * @return true unless moderation or a counter-measure keeps it out
   */
  public boolean eligible(int item) {
    return eligible == null || eligible.contains(item);
  }
}
