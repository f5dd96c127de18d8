package dev.slate.sim.audit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Carries out the three tests, in rounds: authors who fail one are removed before the next round.
 */
final class FloodTests {
  /** Least ratio of an item's impressions to the next author's most shown item that is named. */
  private static final double DOMINANCE = 5;

  private final List<String> authors;
  private final int[] counts;
  private final List<DuplicateCluster> clusters;
  private final double[] volume;
  private final double[] duplicates;
  private final AuthorExposure shown;
  private final long[] mostShown;
  private final double[] exposure;
  private final double[] worst;
  private final String[] kind;
  private final boolean[] out;

  FloodTests(
      List<String> authors, int[] counts, List<DuplicateCluster> clusters, AuthorExposure shown) {
    this.authors = authors;
    this.counts = counts;
    this.clusters = clusters;
    this.volume = new double[counts.length];
    this.duplicates = new double[clusters.size()];
    this.shown = shown;
    this.mostShown = shown.mostShown();
    this.exposure = new double[counts.length];
    this.kind = new String[counts.length];
    this.worst = new double[counts.length];
    this.out = new boolean[counts.length];
  }

  /** Those who are named, least likely first. */
  List<String> culprits(double log10Alpha) {
    List<String> culprits = new ArrayList<>();
    while (true) {
      test();
      int least = -1;
      for (int author = 0; author < counts.length; author++) {
        if (!out[author]
            && worst[author] < log10Alpha
            && (least < 0 || worst[author] < worst[least])) {
          least = author;
        }
      }
      if (least < 0) {
        return culprits;
      }
      culprits.add(authors.get(least));
      out[least] = true;
    }
  }

  /** log10 of the chance of an author's volume, as of the round in which she was still in. */
  double volume(int author) {
    return volume[author];
  }

  /** log10 of the chance of an author's impressions. */
  double exposure(int author) {
    return exposure[author];
  }

  /** The test that an author failed most clearly. */
  String kind(int author) {
    return kind[author] == null ? "" : kind[author];
  }

  /** log10 of the chance of what the largest author of a cluster, by number, made of it. */
  double duplicates(int cluster) {
    return duplicates[cluster];
  }

  private void test() {
    int items = 0;
    int makers = 0;
    int[] sorted = new int[counts.length];
    for (int author = 0; author < counts.length; author++) {
      if (!out[author] && counts[author] > 0) {
        items += counts[author];
        sorted[makers++] = counts[author];
      }
    }
    Arrays.fill(worst, 0);
    if (makers < 2) {
      return;
    }
    Arrays.sort(sorted, 0, makers);
    for (int author = 0; author < counts.length; author++) {
      if (!out[author] && counts[author] > 0) {
        double typical = (double) typical(sorted, makers, items, counts[author]) / items;
        volume[author] = BinomialTail.log10(items, typical, counts[author]);
        worst[author] = volume[author] + Math.log10(makers);
        kind[author] = "volume";
        testExposure(author, makers);
      }
    }
    for (int i = 0; i < clusters.size(); i++) {
      testDuplicates(i, items, makers);
    }
  }

  /** Items of the author who made the median item of all but one author, who made {@code own}. */
  private static int typical(int[] sorted, int makers, int items, int own) {
    long left = (items - own + 1L) / 2;
    boolean skipped = false;
    for (int i = 0; i < makers; i++) {
      if (!skipped && sorted[i] == own) {
        skipped = true;
        continue;
      }
      left -= sorted[i];
      if (left <= 0) {
        return sorted[i];
      }
    }
    return own;
  }

  /** Tests the author who made most of a cluster among those who are still in. */
  private void testDuplicates(int i, int items, int makers) {
    DuplicateCluster cluster = clusters.get(i);
    int author = cluster.most(out);
    int made = cluster.made(author);
    if (out[author] || made == 0) {
      return;
    }
    int size = 0;
    long theirs = 0;
    for (int maker = 0; maker < counts.length; maker++) {
      if (!out[maker]) {
        size += cluster.made(maker);
        theirs += maker == author || cluster.made(maker) == 0 ? 0 : counts[maker];
      }
    }
    double share = (counts[author] - made + 1) / (double) (items - size + makers);
    double log10p = BinomialTail.log10(size, Math.min(1, share), made);
    if (size > made && 2 * made <= counts[author]) {
      double rate = (size - made) / (double) theirs;
      log10p = Math.max(log10p, BinomialTail.log10(counts[author], rate, made));
    }
    if (author == cluster.most()) {
      duplicates[i] = log10p;
    }
    fail(author, log10p + Math.log10((double) clusters.size() * makers), "near-duplicates");
  }

  private void testExposure(int author, int makers) {
    long all = shown.impressions();
    long next = 1;
    for (int other = 0; other < counts.length; other++) {
      next = other == author || out[other] ? next : Math.max(next, mostShown[other]);
    }
    if (all == 0) {
      return;
    }
    double p = Math.min(1, (double) counts[author] * next / all);
    int n = (int) Math.min(Integer.MAX_VALUE, all);
    int x = (int) ((double) shown.impressions(author) / all * n);
    exposure[author] = BinomialTail.log10(n, p, x);
    if (mostShown[author] >= DOMINANCE * next) {
      fail(author, exposure[author] + Math.log10(makers), "exposure");
    }
  }

  private void fail(int author, double log10p, String test) {
    if (log10p < worst[author]) {
      worst[author] = log10p;
      kind[author] = test;
    }
  }
}
