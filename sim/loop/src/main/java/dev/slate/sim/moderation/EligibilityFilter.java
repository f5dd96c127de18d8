package dev.slate.sim.moderation;

import dev.slate.kernel.ItemSet;
import dev.slate.sim.ItemCatalog;
import dev.slate.sim.SettingException;
import dev.slate.sim.SettingException.Setting;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/**
 * The items that may be shown, as the allow filter that the kernel runs. Each rule takes items out.
 */
public final class EligibilityFilter {
  private final ItemCatalog catalog;
  private final ItemSet allowed;

  /** Allows everything. */
  public EligibilityFilter(ItemCatalog catalog) {
    this.catalog = catalog;
    this.allowed = new ItemSet(catalog.size());
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
   * Leaves of each author's items with the same attributes the first: what she uploaded again goes.
   */
  public EligibilityFilter withoutDuplicates() {
    Set<Upload> seen = new HashSet<>();
    for (int item = 0; item < catalog.size(); item++) {
      float[] row = new float[catalog.dimensions()];
      catalog.read(item, row);
      if (!seen.add(new Upload(catalog.author(item), row))) {
        allowed.remove(item);
      }
    }
    return this;
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

  private static final class Upload {
    private final int author;
    private final int hash;
    private final float[] row;

    Upload(int author, float[] row) {
      this.author = author;
      this.hash = 31 * Arrays.hashCode(row) + author;
      this.row = row;
    }

    @Override
    public int hashCode() {
      return hash;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Upload upload
          && author == upload.author
          && Arrays.equals(row, upload.row);
    }
  }
}
