package dev.slate.recommend;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

/**
 * The names of users or items in files, and their ordinals: 0, 1, ... in the order in which names
 * were added. A hash table with open addressing, at most half full: 8 to 16 bytes a name beside its
 * text. Grows; not thread-safe while it does.
 */
public final class Names {
  private static final int FREE = -1;

  private String[] names = new String[16];

  /** Ordinals, at the first free slot from that of the hash on; their number is a power of two. */
  private int[] slots = freeSlots(32);

  private int size;

  /** Creates an empty list of names. */
  public Names() {}

  private static int[] freeSlots(int count) {
    int[] slots = new int[count];
    Arrays.fill(slots, FREE);
    return slots;
  }

  /**
   * Finds a name, and adds it where it is new. O(1).
   *
   * @param name any text
   * @return its ordinal
   */
  public int add(String name) {
    int slot = search(name);
    return slots[slot] != FREE ? slots[slot] : append(name, slot);
  }

  /**
   * Finds a name, and adds it where it is new. O(1). Makes a text of new names only.
   *
   * @param text holds the name in ASCII
   * @param from where the name starts
   * @param to one after its end
   * @return its ordinal
   */
  public int add(byte[] text, int from, int to) {
    int slot = search(text, from, to);
    return slots[slot] != FREE
        ? slots[slot]
        : append(new String(text, from, to - from, StandardCharsets.US_ASCII), slot);
  }

  /**
   * Finds a name. O(1).
   *
   * @param name any text
   * @return its ordinal, or -1 where it is not known
   */
  public int find(String name) {
    return slots[search(name)];
  }

  /**
   * Finds a name. O(1).
   *
   * @param text holds the name in ASCII
   * @param from where the name starts
   * @param to one after its end
   * @return its ordinal, or -1 where it is not known
   */
  public int find(byte[] text, int from, int to) {
    return slots[search(text, from, to)];
  }

  /** The slot of a name, or the free one where it belongs. */
  private int search(String name) {
    int slot = slot(name.hashCode());
    while (slots[slot] != FREE && !names[slots[slot]].equals(name)) {
      slot = slot + 1 & slots.length - 1;
    }
    return slot;
  }

  /** The same of a name in ASCII. */
  private int search(byte[] text, int from, int to) {
    int hash = 0; // That of String, so that both kinds of text find each other.
    for (int i = from; i < to; i++) {
      hash = 31 * hash + text[i];
    }
    int slot = slot(hash);
    while (slots[slot] != FREE && !same(names[slots[slot]], text, from, to)) {
      slot = slot + 1 & slots.length - 1;
    }
    return slot;
  }

  private static boolean same(String name, byte[] text, int from, int to) {
    if (name.length() != to - from) {
      return false;
    }
    for (int i = from; i < to; i++) {
      if (name.charAt(i - from) != text[i]) {
        return false;
      }
    }
    return true;
  }

  /** Spreads the hash, as numbers that follow each other have hashes that do. */
  private int slot(int hash) {
    int mixed = hash * 0x9E3779B9;
    return (mixed ^ mixed >>> 16) & slots.length - 1;
  }

  private int append(String name, int slot) {
    if (size == names.length) {
      names = Arrays.copyOf(names, 2 * size);
    }
    names[size] = name;
    slots[slot] = size++;
    if (2 * size > slots.length) {
      slots = freeSlots(2 * slots.length);
      for (int ordinal = 0; ordinal < size; ordinal++) {
        slots[search(names[ordinal])] = ordinal;
      }
    }
    return size - 1;
  }

  /**
   * The name of an ordinal. O(1).
   *
   * @param ordinal 0..size-1
   * @return as it was added
   * @throws IndexOutOfBoundsException if there is no such ordinal
   */
  public String get(int ordinal) {
    return names[Objects.checkIndex(ordinal, size)];
  }

  /**
   * Number of names.
   *
   * @return one more than the largest ordinal
   */
  public int size() {
    return size;
  }
}
