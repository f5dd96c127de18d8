package dev.slate.sim.audit;

import dev.slate.kernel.ItemSet;
import dev.slate.kernel.Query;
import dev.slate.kernel.Searcher;
import dev.slate.kernel.Slate;
import dev.slate.sim.ItemCatalog;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Looks for authors who flood a catalogue or its slates, by three tests on counts.
 *
 * <p><b>Volume.</b> If each of n items were made by a given author with the probability of a
 * typical other author, her number of items would be binomial. The typical author is the one who
 * made the median item of all the others: one large author hardly moves that, and neither do many
 * accounts with an item each.
 *
 * <p><b>Near-duplicates.</b> Items within a radius of each other form a group (leader clustering,
 * Hartigan 1975, each group found by one radius search of the kernel). Many equal items prove
 * nothing, since there are few distinct points. Many equal items of one author do: in a group of g
 * items her number would be binomial with her share of the catalogue outside the group. That share
 * is too small where somebody floods the catalogue elsewhere. So an author who made most of her
 * items outside the group is named only if her number is also unlikely with the rate at which the
 * group's other authors made items of it.
 *
 * <p><b>Exposure.</b> If each of her items were shown as often as the most shown item of any other
 * author, her number of impressions would be at most binomial. This test names her only if one of
 * her items is shown at least five times as often as that one.
 *
 * <p>An author who is named is removed with all her items before the others are tested again, so
 * that one flood does not make the others look unlikely. An author is named if a test is below 1e-6
 * after Bonferroni's correction for the number of tests; so on a clean catalogue nobody is named in
 * about 999,999 of a million cases.
 *
 * @param volumes authors by volume, largest first
 * @param groups the 20 largest groups, and up to 20 of the others of which one author made unlikely
 *     many, largest first
 * @param groupCount how many groups of at least two items there are
 * @param culprits the authors who are named, least likely first
 * @param evidence the test that names each of them: volume, near-duplicates or exposure
 */
public record Audit(
    List<AuthorVolume> volumes,
    List<DuplicateGroup> groups,
    int groupCount,
    List<String> culprits,
    Map<String, String> evidence) {
  private static final double LOG10_ALPHA = -6;
  private static final int REPORTED = 20;

  /** Groups searched for, at most: beyond, leaders are spread evenly over the catalogue. */
  private static final int LEADERS = 20_000;

  /**
   * Audits a catalogue. Costs one radius search for each group.
   *
   * @param catalog the catalogue
   * @param distance how close near-duplicates are
   * @param exposure what was shown and picked; all 0 where nothing was shown
   */
  public static Audit of(ItemCatalog catalog, double distance, AuthorExposure exposure) {
    int[] counts = new int[catalog.authors().size()];
    for (int item = 0; item < catalog.size(); item++) {
      counts[catalog.author(item)]++;
    }
    List<DuplicateCluster> clusters = clusters(catalog, distance);
    FloodTests evidence = new FloodTests(catalog.authors(), counts, clusters, exposure);
    List<String> culprits = evidence.culprits(LOG10_ALPHA);
    Map<String, String> kinds = new LinkedHashMap<>();
    culprits.forEach(name -> kinds.put(name, evidence.kind(catalog.authors().indexOf(name))));
    return new Audit(
        volumes(catalog, counts, evidence, exposure),
        IntStream.range(0, clusters.size())
            .filter(i -> i < REPORTED || evidence.duplicates(i) < LOG10_ALPHA)
            .limit(2 * REPORTED)
            .mapToObj(i -> group(catalog, clusters.get(i), evidence.duplicates(i)))
            .toList(),
        clusters.size(),
        culprits,
        kinds);
  }

  private static List<AuthorVolume> volumes(
      ItemCatalog catalog, int[] counts, FloodTests evidence, AuthorExposure exposure) {
    double shown = exposure.impressions();
    double picked = exposure.picks();
    List<AuthorVolume> volumes = new ArrayList<>();
    for (int author = 0; author < counts.length; author++) {
      if (counts[author] > 0) {
        volumes.add(
            new AuthorVolume(
                catalog.authors().get(author),
                counts[author],
                (double) counts[author] / catalog.size(),
                evidence.volume(author),
                shown == 0 ? Double.NaN : exposure.impressions(author) / shown,
                picked == 0 ? Double.NaN : exposure.picks(author) / picked,
                evidence.exposure(author)));
      }
    }
    volumes.sort(Comparator.comparingInt(AuthorVolume::items).reversed());
    return volumes;
  }

  private static List<DuplicateCluster> clusters(ItemCatalog catalog, double distance) {
    Searcher searcher = catalog.index().searcher();
    Slate members = Slate.unbounded();
    ItemSet grouped = ItemSet.unbound(catalog.size());
    float[] row = new float[catalog.dimensions()];
    float radius = (float) (distance * distance);
    int stride = Math.ceilDiv(catalog.size(), 10 * LEADERS);
    List<DuplicateCluster> clusters = new ArrayList<>();
    int searches = 0;
    for (int item = 0; item < catalog.size() && searches < LEADERS; item += stride) {
      if (grouped.contains(item)) {
        continue;
      }
      catalog.read(item, row);
      searcher.search(Query.of(row).deny(grouped).radius(radius), members);
      searches++;
      int[] made = new int[catalog.authors().size()];
      for (int i = 0; i < members.size(); i++) {
        grouped.add(members.ordinal(i));
        made[catalog.author(members.ordinal(i))]++;
      }
      if (members.size() > 1) {
        clusters.add(new DuplicateCluster(item, made));
      }
    }
    clusters.sort(Comparator.comparingInt(DuplicateCluster::size).reversed());
    return clusters;
  }

  private static DuplicateGroup group(
      ItemCatalog catalog, DuplicateCluster cluster, double log10p) {
    int most = cluster.most();
    return new DuplicateGroup(
        cluster.leader(),
        catalog.name(cluster.leader()),
        cluster.size(),
        catalog.authors().get(most),
        cluster.made(most),
        log10p);
  }
}
