package dev.slate.sim.audit;

import dev.slate.sim.ItemCatalog;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** How often the audit names an attacker, by the number of copies, their jitter and accounts. */
public final class AuditPower {
  private static final int[] COPIES = {1, 3, 10, 30, 100, 300, 1_000, 3_000};
  private static final double[] JITTERS = {0, 0.1, 0.3};
  private static final int[] ACCOUNTS = {1, 10, 100};

  private AuditPower() {}

  /**
   * One attack.
   *
   * @param copies copies in all
   * @param jitter largest shift of an attribute
   * @param accounts authors who share the copies
   * @param named share of the catalogues in which at least one of these authors is named
   * @param wrong share of the catalogues in which somebody else is named
   */
  public record Point(int copies, double jitter, int accounts, double named, double wrong) {}

  /** Names of the attacker's accounts. */
  public static List<String> accounts(int count) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(i -> i == 1 ? "Mallory" : "Mallory " + i)
        .toList();
  }

  /**
   * Audits every attack on every catalogue, by volume and near-duplicates.
   *
   * @param catalogs makes the clean catalogue of a seed
   * @param seeds number of catalogues
   * @param distance how close near-duplicates are
   */
  public static List<Point> over(IntFunction<ItemCatalog> catalogs, int seeds, double distance) {
    List<Point> points = new ArrayList<>();
    for (int accounts : ACCOUNTS) {
      for (double jitter : JITTERS) {
        for (int copies : COPIES) {
          if (copies >= accounts) {
            points.add(point(catalogs, seeds, distance, copies, jitter, accounts));
          }
        }
      }
    }
    return points;
  }

  private static Point point(
      IntFunction<ItemCatalog> catalogs,
      int seeds,
      double distance,
      int copies,
      double jitter,
      int accounts) {
    Set<String> guilty = Set.copyOf(accounts(accounts));
    double named = 0;
    double wrong = 0;
    for (int seed = 0; seed < seeds; seed++) {
      ItemCatalog clean = catalogs.apply(seed);
      ItemCatalog attacked =
          clean.flooded(
              "troll.jpeg", accounts(accounts), copies, new float[clean.dimensions()], jitter);
      List<String> culprits = Audit.of(attacked, distance, new AuthorExposure(attacked)).culprits();
      named += culprits.stream().anyMatch(guilty::contains) ? 1.0 / seeds : 0;
      wrong += guilty.containsAll(culprits) ? 0 : 1.0 / seeds;
    }
    return new Point(copies, jitter, accounts, named, wrong);
  }
}
