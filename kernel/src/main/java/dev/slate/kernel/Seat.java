package dev.slate.kernel;

import dev.slate.kernel.layout.Normaliser;
import dev.slate.kernel.search.Counters;
import dev.slate.kernel.search.Cursor;
import dev.slate.kernel.search.Probe;
import dev.slate.kernel.search.Request;
import dev.slate.kernel.search.Share;
import dev.slate.kernel.select.Candidate;
import dev.slate.kernel.select.TopK;

/** What one thread needs for a query: a cursor, the query as a request, and a selection. */
final class Seat {
  final Cursor cursor;
  final Request request = new Request();
  final TopK best = new TopK();
  final Counters counters = new Counters();

  /** A query without conditions, to be filled. */
  final Query plain = Query.of(new float[0]);

  /** Whether this thread has taken part in the search. */
  boolean started;

  private final Index index;
  private final float[] normalised;

  Seat(Index index) {
    this.index = index;
    this.cursor = index.engine.cursor();
    this.normalised = new float[index.metric() == Metric.COSINE ? index.dimensions() : 0];
  }

  /** Checks a query, makes it the request, and starts the selection. */
  void prepare(Query query, Slate out) {
    Metric metric = index.metric();
    int d = index.dimensions();
    float[] q = checked(query.vector, "query", d);
    if (metric == Metric.COSINE) {
      System.arraycopy(q, 0, normalised, 0, d);
      Normaliser.normalise(normalised, 0, d);
      q = normalised;
    }
    Probe probe = request.probe;
    probe.q = q;
    probe.w = query.weights == null ? null : weights(query.weights, d);
    probe.d = d;
    probe.dot = metric.largerIsBetter();
    probe.biased = index.biased;
    request.k = index.wanted(out);
    request.allow = query.allow == null ? null : words(query.allow, "allow");
    request.deny = query.deny == null ? null : words(query.deny, "deny");
    boolean negate = metric.largerIsBetter();
    request.limit =
        query.bounded ? Candidate.last(negate ? -query.radius : query.radius) : Candidate.NONE;
    request.after =
        query.paged
            ? Candidate.place(negate ? -query.afterScore : query.afterScore, query.afterOrdinal)
            : Candidate.FIRST;
    request.start(best);
  }

  /** Does its share of a request, which may be another seat's. */
  void run(Request shared, Share share) {
    counters.reset();
    if (shared != request) {
      shared.start(best);
    }
    started = true;
    cursor.search(shared, best, share, counters);
  }

  /** Hands the selection over. */
  void finish(Slate out) {
    out.set(best, index.metric(), index.ids);
  }

  private float[] weights(float[] weights, int d) {
    if (index.metric() != Metric.EUCLIDEAN) {
      throw new IllegalArgumentException(
          "weights go with EUCLIDEAN only, but the metric is " + index.metric());
    }
    checked(weights, "weight", d);
    for (int j = 0; j < d; j++) {
      if (weights[j] < 0) {
        throw new IllegalArgumentException(
            "weight must not be negative, but it is " + weights[j] + ", column " + j);
      }
    }
    return weights;
  }

  private long[] words(ItemSet set, String name) {
    if (set.universe() != index.size()) {
      throw new IllegalArgumentException(
          name + " ranges over " + set.universe() + " items, but the index has " + index.size());
    }
    return set.words();
  }

  private static float[] checked(float[] values, String name, int d) {
    if (values.length != d) {
      throw new IllegalArgumentException(
          name + " has " + values.length + " attributes, but the index has d = " + d);
    }
    for (int j = 0; j < d; j++) {
      if (!Float.isFinite(values[j])) {
        throw new IllegalArgumentException(name + " is " + values[j] + ", column " + j);
      }
    }
    return values;
  }
}
