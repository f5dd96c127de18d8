package dev.slate.recommend.cli;

import dev.slate.recommend.Candidates;
import dev.slate.recommend.Pipeline;
import dev.slate.recommend.Request;
import dev.slate.recommend.Workers;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;

/** How long the stages of a pipeline take, one request after another on one thread. */
final class StageTimes {
  private static final List<String> STAGES = List.of("retrieve", "rank", "slate", "in all");

  /** Requests between two that are told as progress: many, as telling costs time. */
  private static final int SAID = 100;

  private final long[][] nanos;
  private final int k;
  private long candidates;

  private StageTimes(int requests, int k) {
    this.nanos = new long[STAGES.size()][requests];
    this.k = k;
  }

  /** Serves each request twice; the first time warms the JVM up. */
  static StageTimes of(
      Pipeline pipeline,
      int requests,
      IntFunction<Request> request,
      int k,
      Workers workers,
      WorkProgress progress) {
    StageTimes times = new StageTimes(requests, k);
    Pipeline.Session session = pipeline.open();
    Candidates slate = new Candidates();
    for (int turn = 0; turn < 2; turn++) {
      times.candidates = 0;
      for (int at = 0; at < requests; at++) {
        workers.check();
        if (at % SAID == 0) {
          progress.stage(
              String.format(
                  Locale.ROOT, "turn %d of 2, request %,d of %,d", turn + 1, at + 1, requests));
        }
        session.recommend(request.apply(at), List.of(), k, slate);
        Pipeline.Trace trace = session.trace();
        times.candidates += trace.retrieved();
        times.nanos[0][at] = trace.retrieveNanos();
        times.nanos[1][at] = trace.rankNanos();
        times.nanos[2][at] = trace.slateNanos();
        times.nanos[3][at] = trace.retrieveNanos() + trace.rankNanos() + trace.slateNanos();
      }
    }
    return times;
  }

  /** Prints the 50th and the 99th percentile of each stage. */
  void print(int items, PrintWriter out) {
    int requests = nanos[0].length;
    out.printf(
        Locale.ROOT,
        "%,d requests, one after another; %,d candidates of %,d items on average, slates of %d%n",
        requests,
        requests == 0 ? 0 : Math.round((double) candidates / requests),
        items,
        k);
    out.printf("%-10s%12s%12s%n", "stage", "p50", "p99");
    for (int stage = 0; stage < nanos.length; stage++) {
      long[] sorted = nanos[stage].clone();
      Arrays.sort(sorted);
      out.printf(
          Locale.ROOT,
          "%-10s%9.3f ms%9.3f ms%n",
          STAGES.get(stage),
          percentile(sorted, 0.5),
          percentile(sorted, 0.99));
    }
    out.flush();
  }

  /** The smallest value that at least this share of the values do not exceed, in milliseconds. */
  private static double percentile(long[] sorted, double share) {
    int at = Math.max(0, (int) Math.ceil(share * sorted.length) - 1);
    return sorted.length == 0 ? 0 : sorted[at] / 1e6;
  }
}
