package dev.slate.bench.suite;

import dev.slate.bench.dataset.ExactAnswers;
import dev.slate.bench.peers.Peer;
import java.io.IOException;
import java.util.Arrays;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** A peer and a batch of queries, compared with the kernel before it is timed. */
@State(Scope.Benchmark)
public class PeerBatchState extends PeerState {
  /** Number of queries of the batch. */
  @Param("64")
  public int queries = 64;

  private float[][] batch = {};

  /** JMH creates it. */
  public PeerBatchState() {}

  /** The recall is that of the first queries of the batch, found in one call. */
  @Override
  void take(Peer built, Limits limits) throws IOException {
    super.take(built, limits);
    batch = new float[queries][];
    Arrays.setAll(batch, q -> data.queries()[q % data.queries().length]);
    int[][] found = searchAll();
    ExactAnswers answers = answers();
    int checked = Math.min(queries, answers.ordinals().length);
    double recall = 0;
    for (int q = 0; q < checked; q++) {
      recall += answers.recall(data, q, found[q]);
    }
    Facts.put(Facts.RECALL, recall / checked, "ratio");
  }

  int[][] searchAll() throws IOException {
    return subject().searchAll(batch, k);
  }

  @Override
  void operate() throws IOException {
    searchAll();
  }
}
