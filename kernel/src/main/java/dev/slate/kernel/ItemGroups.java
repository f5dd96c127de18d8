package dev.slate.kernel;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The group of each item of an index, for {@link Query#atMost(int, ItemGroups)}: an author, a shop,
 * a set of duplicates. {@link Index#groups} makes one. Immutable, and safe from many threads. Heap:
 * 4 bytes an item, and for {@link Strategy#TREE} n / 250 bytes if there are parts of the tree whose
 * items all belong to one group.
 *
 * {@snippet :
 * int[] authorOf = new int[index.size()]; // by ordinal
 * ItemGroups authors = index.groups(authorOf);
 * searcher.search(Query.of(query).atMost(2, authors), new Slate(10));
 * }
 */
public final class ItemGroups {
  final int[] groupOf;

  /** See {@code Engine.uniform}. */
  final long @Nullable [] uniform;

  private final Index index;

  ItemGroups(Index index, int[] groupOf) {
    if (groupOf.length != index.size()) {
      throw new IllegalArgumentException(
          "there are " + groupOf.length + " groups, but the index has " + index.size() + " items");
    }
    this.index = index;
    this.groupOf = groupOf.clone();
    this.uniform = index.engine.uniform(this.groupOf);
  }

  /**
   * Tells the group of an item. O(1).
   *
   * @param ordinal 0..n-1
   * @return its group, or {@link Query#NO_GROUP}
   * @throws IndexOutOfBoundsException if the ordinal is not in 0..n-1
   */
  public int of(int ordinal) {
    return groupOf[Objects.checkIndex(ordinal, groupOf.length)];
  }

  /** Refuses another index than that of the groups. */
  void check(Index searched) {
    if (index != searched) {
      throw new IllegalArgumentException("the groups are those of another index");
    }
  }
}
