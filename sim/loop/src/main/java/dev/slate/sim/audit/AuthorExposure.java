package dev.slate.sim.audit;

import dev.slate.sim.ItemCatalog;
import dev.slate.sim.StepObserver;
import dev.slate.sim.StepState;

/** Impressions and picks of each author, and of each author's most shown item. */
public final class AuthorExposure implements StepObserver {
  private final ItemCatalog catalog;
  private final long[] impressions;
  private final long[] picks;
  private final int[] itemImpressions;

  /** Starts counting. Holds 4 bytes an item. */
  public AuthorExposure(ItemCatalog catalog) {
    this.catalog = catalog;
    this.impressions = new long[catalog.authors().size()];
    this.picks = new long[catalog.authors().size()];
    this.itemImpressions = new int[catalog.size()];
  }

  @Override
  public void observe(StepState state) {
    for (int user = 0; user < state.users(); user++) {
      for (int rank = 0; rank < state.shown(user); rank++) {
        int item = state.item(user, rank);
        int author = catalog.author(item);
        impressions[author]++;
        itemImpressions[item]++;
        picks[author] += rank == state.chosen(user) ? 1 : 0;
      }
    }
  }

  /** Adds what another one has counted on the same catalogue. */
  public void add(AuthorExposure other) {
    for (int author = 0; author < impressions.length; author++) {
      impressions[author] += other.impressions[author];
      picks[author] += other.picks[author];
    }
    for (int item = 0; item < itemImpressions.length; item++) {
      itemImpressions[item] += other.itemImpressions[item];
    }
  }

  /** How often an author's items were shown. */
  public long impressions(int author) {
    return impressions[author];
  }

  /** How often an author's items were picked. */
  public long picks(int author) {
    return picks[author];
  }

  /** All impressions. */
  public long impressions() {
    long sum = 0;
    for (long count : impressions) {
      sum += count;
    }
    return sum;
  }

  /** All picks. */
  public long picks() {
    long sum = 0;
    for (long count : picks) {
      sum += count;
    }
    return sum;
  }

  /** How often the most shown item of each author was shown. */
  long[] mostShown() {
    long[] most = new long[impressions.length];
    for (int item = 0; item < itemImpressions.length; item++) {
      int author = catalog.author(item);
      most[author] = Math.max(most[author], itemImpressions[item]);
    }
    return most;
  }
}
