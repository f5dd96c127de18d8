package dev.slate.data.cli;

import dev.slate.data.InputException;
import dev.slate.kernel.Index;
import dev.slate.kernel.ItemSet;
import dev.slate.kernel.Query;
import dev.slate.kernel.Searcher;
import dev.slate.kernel.Slate;
import java.util.List;
import java.util.Locale;

/**
 * Compares answers with given neighbours.
 *
 * <p>An item counts as found if its score is as good as that of the worst of the k true neighbours,
 * so that a tie decided otherwise is no error. Those scores are computed by the index, for the same
 * query and weights. A query may have fewer true neighbours than k.
 */
final class GroundTruth implements AutoCloseable {
  private final String spec;
  private final NeighbourLists truth;
  private final int k;
  private final boolean largerIsBetter;
  private final Searcher searcher;
  private final Query query;
  private final ItemSet neighbours;
  private int queries;
  private long wanted;
  private long found;
  private long identical;
  private long without;

  /**
   * Opens the neighbours.
   *
   * @param k the most items in an answer; {@link Integer#MAX_VALUE} where there is no limit
   * @param ids names of the items, or none
   */
  GroundTruth(String spec, Index index, Conditions conditions, int k, List<String> ids) {
    this.spec = spec;
    this.truth = NeighbourLists.open(spec, ids, index);
    this.k = k;
    if (k > truth.longest() && k != Integer.MAX_VALUE) {
      int longest = truth.longest();
      truth.close();
      throw new InputException(
          spec, "has " + longest + " neighbours for each query, but k is " + k);
    }
    this.largerIsBetter = index.metric().largerIsBetter();
    this.searcher = index.searcher();
    this.neighbours = index.items();
    this.query = Query.of(new float[0]).allow(neighbours).weights(conditions.weights());
  }

  /** Takes the answer to the next query. */
  void add(float[] vector, Slate slate) {
    long[] list = truth.next();
    if (list == null) {
      throw new InputException(spec, "has " + queries + " rows, but there are more queries");
    }
    int length = Math.min(k, list.length);
    neighbours.clear();
    for (int i = 0; i < length; i++) {
      add(list[i], i);
    }
    wanted += length;
    without += list.length == 0 ? 1 : 0;
    if (length > 0) {
      compare(vector, slate, length);
    }
    queries++;
  }

  private void add(long neighbour, int column) {
    if (neighbour < 0 || neighbour >= neighbours.universe()) {
      throw bad(
          "the neighbour "
              + neighbour
              + " is none of the items 0 to "
              + (neighbours.universe() - 1),
          column);
    }
    if (neighbours.contains((int) neighbour)) {
      throw bad("the neighbour " + neighbour + " occurs twice", column);
    }
    neighbours.add((int) neighbour);
  }

  private InputException bad(String problem, int column) {
    return new InputException(spec, problem).atRow(queries).atColumn(column);
  }

  private void compare(float[] vector, Slate slate, int length) {
    Slate best = new Slate(length);
    searcher.search(query.vector(vector), best);
    float worst = best.score(length - 1);
    int good = 0;
    for (int i = 0; i < slate.size(); i++) {
      float score = slate.score(i);
      good += (largerIsBetter ? score >= worst : score <= worst) ? 1 : 0;
      identical += neighbours.contains(slate.ordinal(i)) ? 1 : 0;
    }
    found += Math.min(good, length);
  }

  String report() {
    return String.format(
        Locale.ROOT,
        "recall@%s %.6f: %d of %d within the score of the true neighbours, %d of them the same items%s",
        k == Integer.MAX_VALUE ? "all" : k,
        wanted == 0 ? 1 : found / (double) wanted,
        found,
        wanted,
        identical,
        without == 0 ? "" : "; no neighbours for " + without + " of " + queries + " queries");
  }

  @Override
  public void close() {
    truth.close();
  }
}
