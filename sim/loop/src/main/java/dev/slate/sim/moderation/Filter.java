package dev.slate.sim.moderation;

import dev.slate.data.InputException;
import dev.slate.kernel.ItemSet;
import dev.slate.sim.World;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/**
 * The items that may be shown, as the allow filter that the kernel runs. Each rule takes items out.
 */
public final class Filter {
  private final World world;
  private final ItemSet allowed;

  /** Allows everything. */
  public Filter(World world) {
    this.world = world;
    this.allowed = new ItemSet(world.size());
    for (int item = 0; item < world.size(); item++) {
      allowed.add(item);
    }
  }

  /** Takes out an author's items. */
  public Filter withoutAuthor(String name) {
    int author = world.authors().indexOf(name);
    if (author < 0) {
      throw new InputException(
          "--deny-author",
          "unknown author " + name + "; there are " + String.join(", ", world.authors()));
    }
    for (int item = 0; item < world.size(); item++) {
      if (world.author(item) == author) {
        allowed.remove(item);
      }
    }
    return this;
  }

  /** Takes out items whose attribute is above a threshold. */
  public Filter atMost(String attribute, double threshold) {
    int column = world.attributes().indexOf(attribute);
    if (column < 0) {
      throw new InputException(
          "--moderate",
          "unknown attribute "
              + attribute
              + "; there are "
              + String.join(", ", world.attributes()));
    }
    float[] row = new float[world.dimensions()];
    for (int item = 0; item < world.size(); item++) {
      world.read(item, row);
      if (row[column] > threshold) {
        allowed.remove(item);
      }
    }
    return this;
  }

  /**
   * Leaves of each author's items with the same attributes the first: what she uploaded again goes.
   */
  public Filter withoutDuplicates() {
    Set<Upload> seen = new HashSet<>();
    for (int item = 0; item < world.size(); item++) {
      float[] row = new float[world.dimensions()];
      world.read(item, row);
      if (!seen.add(new Upload(world.author(item), row))) {
        allowed.remove(item);
      }
    }
    return this;
  }

  /** Leaves of each author her first items: a limit on how fast she may upload. */
  public Filter atMostPerAuthor(int limit) {
    int[] uploads = new int[world.authors().size()];
    for (int item = 0; item < world.size(); item++) {
      if (++uploads[world.author(item)] > limit) {
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
