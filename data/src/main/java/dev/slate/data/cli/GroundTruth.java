package dev.slate.data.cli;

import dev.slate.data.InputException;
import dev.slate.data.ReadOptions;
import dev.slate.data.format.Formats;
import dev.slate.data.format.Location;
import dev.slate.data.format.RowSource;
import dev.slate.kernel.Index;
import dev.slate.kernel.ItemSet;
import dev.slate.kernel.Query;
import dev.slate.kernel.Searcher;
import dev.slate.kernel.Slate;

/**
 * Compares answers with neighbours that somebody else found.
 *
 * <p>An item counts as found if its score is as good as that of the worst of the k true neighbours,
 * so that a tie decided otherwise is no error. Those scores are the index's own, of the same query
 * under the same weights.
 */
final class GroundTruth implements AutoCloseable {
  private final String spec;
  private final RowSource truth;
  private final int k;
  private final boolean largerIsBetter;
  private final Searcher searcher;
  private final Query query;
  private final ItemSet neighbours;
  private final Slate best;
  private final long[] row;
  private int queries;
  private long found;
  private long identical;

  GroundTruth(String spec, Index index, Conditions conditions, int k) {
    this.spec = spec;
    this.truth = Formats.open(Location.of(spec), ReadOptions.DEFAULT);
    this.k = k;
    if (k > truth.dimensions()) {
      throw new InputException(
          spec, "has " + truth.dimensions() + " neighbours for each query, but k is " + k);
    }
    this.largerIsBetter = index.metric().largerIsBetter();
    this.searcher = index.searcher();
    this.neighbours = new ItemSet(index.size());
    this.query = Query.of(new float[0]).allow(neighbours).weights(conditions.weights());
    this.best = new Slate(k);
    this.row = new long[truth.dimensions()];
  }

  /** Takes the answer to the next query. */
  void add(float[] vector, Slate slate) {
    if (queries == truth.size()) {
      throw new InputException(spec, "has " + queries + " rows, but there are more queries");
    }
    read();
    for (int i = 0; i < k; i++) {
      neighbours.add((int) row[i]);
    }
    searcher.search(query.vector(vector), best);
    float worst = best.score(best.size() - 1);
    for (int i = 0; i < slate.size(); i++) {
      float score = slate.score(i);
      found += (largerIsBetter ? score >= worst : score <= worst) ? 1 : 0;
      identical += neighbours.contains(slate.ordinal(i)) ? 1 : 0;
    }
    for (int i = 0; i < k; i++) {
      neighbours.remove((int) row[i]);
    }
    queries++;
  }

  private void read() {
    try {
      truth.readIntegers(queries, 1, row, 0);
    } catch (UnsupportedOperationException e) {
      throw new InputException(spec, "holds " + truth.type() + ", not ordinals", e);
    }
    for (int i = 0; i < k; i++) {
      if (row[i] < 0 || row[i] >= neighbours.universe()) {
        throw new InputException(
                spec,
                "the neighbour "
                    + row[i]
                    + " is none of the items 0 to "
                    + (neighbours.universe() - 1))
            .atRow(queries)
            .atColumn(i);
      }
    }
  }

  String report() {
    long wanted = (long) queries * k;
    return "recall@%d %.6f: %d of %d within the score of the true neighbours, %d of them the same items"
        .formatted(k, found / (double) Math.max(1, wanted), found, wanted, identical);
  }

  @Override
  public void close() {
    truth.close();
  }
}
