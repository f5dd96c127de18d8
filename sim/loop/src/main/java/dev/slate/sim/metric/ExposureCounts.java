package dev.slate.sim.metric;

import dev.slate.kernel.ItemSet;
import dev.slate.sim.ItemCatalog;
import dev.slate.sim.StepState;
import java.util.Arrays;

/** Who and what has been shown since the start. */
final class ExposureCounts {
  /** Bins of an attribute: one around each of -1, -0.5, 0, 0.5 and 1. */
  private static final int LEVELS = 5;

  private final ItemCatalog catalog;
  private final long[] byAuthor;
  private final long[] authorItems;
  private final long[][] byLevel;
  private final boolean[][] levelExists;
  private final ItemSet seen;
  private long seenItems;

  ExposureCounts(ItemCatalog catalog) {
    this.catalog = catalog;
    this.byAuthor = new long[catalog.authors().size()];
    this.authorItems = new long[byAuthor.length];
    this.byLevel = new long[catalog.dimensions()][LEVELS];
    this.levelExists = new boolean[catalog.dimensions()][LEVELS];
    this.seen = ItemSet.unbound(catalog.size());
    float[] attributes = new float[catalog.dimensions()];
    for (int item = 0; item < catalog.size(); item++) {
      authorItems[catalog.author(item)]++;
      catalog.read(item, attributes);
      for (int j = 0; j < attributes.length; j++) {
        levelExists[j][level(attributes[j])] = true;
      }
    }
  }

  private static int level(float attribute) {
    return Math.clamp(Math.round(2 * attribute) + 2, 0, LEVELS - 1);
  }

  /** Adds up what a step showed. */
  void take(StepState state) {
    float[] attributes = new float[catalog.dimensions()];
    for (int user = 0; user < state.users(); user++) {
      for (int rank = 0; rank < state.shown(user); rank++) {
        int item = state.item(user, rank);
        byAuthor[catalog.author(item)]++;
        if (!seen.contains(item)) {
          seen.add(item);
          seenItems++;
        }
        catalog.read(item, attributes);
        for (int j = 0; j < attributes.length; j++) {
          byLevel[j][level(attributes[j])]++;
        }
      }
    }
  }

  /** Inequality among the authors who have items. */
  double authorGini(StepState state) {
    long[] amounts = new long[byAuthor.length];
    int authors = 0;
    for (int author = 0; author < amounts.length; author++) {
      if (authorItems[author] > 0) {
        amounts[authors++] = byAuthor[author];
      }
    }
    return Gini.of(Arrays.copyOf(amounts, authors));
  }

  double authorCoverage(StepState state) {
    double shown = 0;
    double authors = 0;
    for (int author = 0; author < byAuthor.length; author++) {
      shown += byAuthor[author] > 0 ? 1 : 0;
      authors += authorItems[author] > 0 ? 1 : 0;
    }
    return shown / authors;
  }

  double attributeGini(StepState state) {
    double sum = 0;
    for (long[] levels : byLevel) {
      sum += Gini.of(levels.clone());
    }
    return sum / byLevel.length;
  }

  double attributeCoverage(StepState state) {
    double shown = 0;
    double levels = 0;
    for (int j = 0; j < byLevel.length; j++) {
      for (int level = 0; level < LEVELS; level++) {
        shown += byLevel[j][level] > 0 ? 1 : 0;
        levels += levelExists[j][level] ? 1 : 0;
      }
    }
    return shown / levels;
  }

  double itemCoverage(StepState state) {
    return (double) seenItems / catalog.size();
  }
}
