package dev.slate.sim.catalog;

import dev.slate.sim.engine.RandomStreams;
import java.util.List;
import java.util.random.RandomGenerator;

/** Who makes what is shown: each item is by one of {@link #NAMES}, with the same probability. */
final class AuthorAssignment {
  /** Author of the advertisement. */
  static final String ADVERTISER = "Celebrations";

  /** Authors of all else. */
  static final List<String> NAMES =
      List.of(
          "Alice",
          "An Unnamed cell",
          "Bob",
          "Chad",
          "Charlie",
          "David",
          "Eve",
          "Franck",
          "GigaChad",
          "Heidi",
          "Ivan",
          "Judy",
          "Kurt",
          "Leander",
          "Ludovic",
          "Mike",
          "Niaj",
          "Olivia",
          "Pat",
          "Quentin",
          "Roman",
          "Sybil",
          "Ted",
          "Vanna",
          "Walter",
          "Xx_D4rkL0rd_xX",
          "Yohan",
          "Zakarias");

  private AuthorAssignment() {}

  /**
   * Assigns items.
   *
   * @param n number of items
   * @param seed the seed of the assignment
   * @return for each item the position of its author in {@link #NAMES}
   */
  static int[] of(int n, long seed) {
    RandomGenerator random = new RandomStreams(seed, 0).enter(RandomStreams.Purpose.AUTHORS, 0, 0);
    int[] authorOf = new int[n];
    for (int i = 0; i < n; i++) {
      authorOf[i] = random.nextInt(NAMES.size());
    }
    return authorOf;
  }
}
