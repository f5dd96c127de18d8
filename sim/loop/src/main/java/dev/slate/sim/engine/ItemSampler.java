package dev.slate.sim.engine;

import dev.slate.kernel.ItemSet;
import dev.slate.sim.ItemCatalog;
import dev.slate.sim.RunSettings;
import dev.slate.sim.SlateBuilder;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Draws items uniformly from those that may be shown. Immutable, shared by all threads. */
public final class ItemSampler {
  private final ItemCatalog catalog;
  private final int count;
  private final int @Nullable [] eligible;

  /** Lists what may be shown, if that is not everything. */
  public ItemSampler(RunSettings settings) {
    this.catalog = settings.catalog();
    this.count = settings.eligibleItems();
    this.eligible = settings.eligible() == null ? null : ordinals(settings.eligible(), count);
  }

  private static int[] ordinals(ItemSet set, int count) {
    int[] ordinals = new int[count];
    int size = 0;
    for (int item = 0; item < set.universe(); item++) {
      if (set.contains(item)) {
        ordinals[size++] = item;
      }
    }
    return ordinals;
  }

  private int at(int place) {
    return eligible == null ? place : eligible[place];
  }

  /** Draws an item. */
  int next(RandomGenerator random) {
    return at(random.nextInt(count));
  }

  /**
   * Offers all items in random order until the slate is full: a shuffle (Fisher and Yates 1938),
   * for slates that take most of what there is or refuse most of it.
   */
  void walk(RandomGenerator random, SlateBuilder slate, int wanted) {
    int[] left = new int[count];
    Arrays.setAll(left, this::at);
    for (int rest = count; rest > 0 && slate.size() < wanted; rest--) {
      int place = random.nextInt(rest);
      slate.add(left[place]);
      left[place] = left[rest - 1];
    }
  }

  /** Adds all items of an author to a set. O(n). */
  void itemsOf(int author, ItemSet set) {
    for (int item = 0; item < catalog.size(); item++) {
      if (catalog.author(item) == author) {
        set.add(item);
      }
    }
  }
}
