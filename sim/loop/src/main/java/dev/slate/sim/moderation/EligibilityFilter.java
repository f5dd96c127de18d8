package dev.slate.sim.moderation;

import dev.slate.kernel.ItemSet;
import dev.slate.sim.ItemCatalog;
import dev.slate.sim.SettingException;
import dev.slate.sim.SettingException.Setting;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The items that may be shown, as the allow filter that the kernel runs. Each rule takes items out.
 */
public final class EligibilityFilter {
  private final ItemCatalog catalog;
  private final ItemSet allowed;

  /** Allows everything. */
  public EligibilityFilter(ItemCatalog catalog) {
    this.catalog = catalog;
    this.allowed = ItemSet.unbound(catalog.size());
    for (int item = 0; item < catalog.size(); item++) {
      allowed.add(item);
    }
  }

  /** Takes out an author's items. */
  public EligibilityFilter withoutAuthor(String name) {
    int author = catalog.authors().indexOf(name);
    if (author < 0) {
      throw new SettingException(
          Setting.DENIED_AUTHOR,
          "unknown author " + name + "; there are " + String.join(", ", catalog.authors()));
    }
    for (int item = 0; item < catalog.size(); item++) {
      if (catalog.author(item) == author) {
        allowed.remove(item);
      }
    }
    return this;
  }

  /** Takes out items whose attribute is above a threshold. */
  public EligibilityFilter atMost(String attribute, double threshold) {
    int column = catalog.attributes().indexOf(attribute);
    if (column < 0) {
      throw new SettingException(
          Setting.MODERATION,
          "unknown attribute "
              + attribute
              + "; there are "
              + String.join(", ", catalog.attributes()));
    }
    float[] row = new float[catalog.dimensions()];
    for (int item = 0; item < catalog.size(); item++) {
      catalog.read(item, row);
      if (row[column] > threshold) {
        allowed.remove(item);
      }
    }
    return this;
  }

  /**
   * Leaves of each author's items with the same picture the first: what she uploaded again goes.
   * Different pictures with the same attributes stay.
   */
  public EligibilityFilter withoutDuplicates() {
    Set<Long> seen = new HashSet<>();
    for (int item = 0; item < catalog.size(); item++) {
      long upload = (long) catalog.author(item) << Integer.SIZE | catalog.picture(item);
      if (!seen.add(upload)) {
        allowed.remove(item);
      }
    }
    return this;
  }

  /** Number of items that the rules take out, by author, for each author who loses any. */
  public Map<String, Integer> dropped() {
    Map<String, Integer> dropped = new TreeMap<>();
    for (int item = 0; item < catalog.size(); item++) {
      if (!allowed.contains(item)) {
        dropped.merge(catalog.authors().get(catalog.author(item)), 1, Integer::sum);
      }
    }
    return dropped;
  }

  /** Leaves of each author her first items: a limit on how fast she may upload. */
  public EligibilityFilter atMostPerAuthor(int limit) {
    int[] uploads = new int[catalog.authors().size()];
    for (int item = 0; item < catalog.size(); item++) {
      if (++uploads[catalog.author(item)] > limit) {
        allowed.remove(item);
      }
    }
    return this;
  }

  /** What is left. */
  public ItemSet allowed() {
    return allowed;
  }
}
