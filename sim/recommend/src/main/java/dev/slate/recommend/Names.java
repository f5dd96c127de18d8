package dev.slate.recommend;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * The names of users or items in files, and their ordinals: 0, 1, ... in the order in which names
 * were added. Grows; not thread-safe while it does.
 */
public final class Names {
  private final Map<String, Integer> ordinals = new HashMap<>();
  private String[] names = new String[16];

  /** Creates an empty list of names. */
  public Names() {}

  /**
   * Finds a name, and adds it where it is new. O(1).
   *
   * @param name any text
   * @return its ordinal
   */
  public int add(String name) {
    int next = ordinals.size();
    Integer known = ordinals.putIfAbsent(name, next);
    if (known != null) {
      return known;
    }
    if (next == names.length) {
      names = Arrays.copyOf(names, 2 * next);
    }
    names[next] = name;
    return next;
  }

  /**
   * Finds a name. O(1).
   *
   * @param name any text
   * @return its ordinal, or -1 where it is not known
   */
  public int find(String name) {
    return ordinals.getOrDefault(name, -1);
  }

  /**
   * The name of an ordinal. O(1).
   *
   * @param ordinal 0..size-1
   * @return as it was added
   * @throws IndexOutOfBoundsException if there is no such ordinal
   */
  public String get(int ordinal) {
    return names[Objects.checkIndex(ordinal, ordinals.size())];
  }

  /**
   * Number of names.
   *
   * @return one more than the largest ordinal
   */
  public int size() {
    return ordinals.size();
  }
}
