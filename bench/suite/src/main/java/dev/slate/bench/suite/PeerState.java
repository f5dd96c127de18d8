package dev.slate.bench.suite;

import dev.slate.bench.dataset.DataSet;
import dev.slate.bench.dataset.ExactAnswers;
import dev.slate.bench.peers.GraphIndex;
import dev.slate.bench.peers.JvmPeer;
import dev.slate.bench.peers.JvmRival;
import dev.slate.bench.peers.Peer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A peer, built within its limits and compared with the kernel before it is timed. */
@State(Scope.Benchmark)
public class PeerState extends Workload {
  /** Which peer. */
  @Param("scalar-loop")
  public String peer = "scalar-loop";

  private Peer subject = JvmPeer.SCALAR_LOOP.create();
  private int checked = Integer.MAX_VALUE;

  /** JMH creates it. */
  public PeerState() {}

  /** Builds the peer, finds its recall, and warms up. */
  @Setup(Level.Trial)
  public void build() throws IOException {
    load();
    JvmRival rival = JvmRival.of(peer);
    checked = rival.exact() ? ExactAnswers.CHECKED : Integer.MAX_VALUE;
    take(rival.create(), Limits.ofThisFork());
    WarmUp.ofThisFork().run(this::operateOnce, true);
    Facts.observe(this::operateOnce);
  }

  /** Builds the peer on the loaded data and finds its recall. */
  void take(Peer built, Limits limits) throws IOException {
    subject = built;
    Facts.put(Facts.BUILD, buildMillis(limits), "ms");
    limits.within(limits.query(), "a query", () -> subject.search(data.queries()[0], k));
    ExactAnswers answers = answers();
    int most = Math.min(checked, answers.ordinals().length);
    double recall = 0;
    int q = 0;
    long began = System.nanoTime();
    while (q < most && (q == 0 || System.nanoTime() - began < limits.query().toNanos())) {
      recall += answers.recall(data, q, subject.search(data.queries()[q], k));
      q++;
    }
    Facts.put(Facts.RECALL, recall / q, "ratio");
  }

  /** A graph is built by the first fork of a run, and opened by the others. */
  private double buildMillis(Limits limits) throws IOException {
    String run = System.getProperty(DataSet.DIRECTORY);
    if (subject instanceof GraphIndex graph && run != null) {
      String name = peer.replaceFirst(":.*", "") + "-" + metric + "-" + data.n() + "x" + data.d();
      return new SavedGraph(Path.of(run, name)).open(graph, data.items(), metric, limits);
    }
    long start = System.nanoTime();
    limits.within(limits.build(), "its build", () -> subject.build(data.items(), metric));
    return (System.nanoTime() - start) / 1e6;
  }

  /**
   * Closes the peer.
   *
   * @throws IOException if its files cannot be deleted
   */
  @TearDown(Level.Trial)
  public void close() throws IOException {
    subject.close();
  }

  int[] search() throws IOException {
    return subject.search(query(), k);
  }

  /** One operation, as it is timed. */
  void operate() throws IOException {
    search();
  }

  final Peer subject() {
    return subject;
  }

  private void operateOnce() {
    try {
      operate();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
