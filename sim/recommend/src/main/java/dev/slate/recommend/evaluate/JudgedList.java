package dev.slate.recommend.evaluate;

import java.util.Arrays;

/**
 * A ranked list with the grade of each place.
 *
 * @param grades of the items in order, 0 or less where an item is not relevant; the whole list
 * @param ideal grades of all relevant items, largest first, whether they are in the list or not
 */
public record JudgedList(float[] grades, float[] ideal) {
  /** Sorts the grades of the relevant items. */
  public static JudgedList of(float[] grades, float[] relevant) {
    float[] ideal = relevant.clone();
    Arrays.sort(ideal);
    for (int i = 0, j = ideal.length - 1; i < j; i++, j--) {
      float swap = ideal[i];
      ideal[i] = ideal[j];
      ideal[j] = swap;
    }
    return new JudgedList(grades, ideal);
  }

  /** Number of relevant items. */
  int relevant() {
    return ideal.length;
  }

  boolean hit(int place) {
    return grades[place] > 0;
  }

  int length(int k) {
    return Math.min(k, grades.length);
  }

  int hits(int k) {
    int hits = 0;
    for (int i = 0; i < length(k); i++) {
      hits += hit(i) ? 1 : 0;
    }
    return hits;
  }
}
