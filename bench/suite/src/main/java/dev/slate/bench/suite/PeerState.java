package dev.slate.bench.suite;

import dev.slate.bench.peers.JvmPeer;
import dev.slate.bench.peers.Peer;
import java.io.IOException;
import java.io.UncheckedIOException;
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

  /** JMH creates it. */
  public PeerState() {}

  /** Builds the peer, finds its recall, and warms up. */
  @Setup(Level.Trial)
  public void build() throws IOException {
    load();
    take(JvmPeer.of(peer).create(), Limits.ofThisFork());
    WarmUp.ofThisFork().run(this::operateOnce, true);
    Facts.observe(this::operateOnce);
  }

  /** Builds the peer on the loaded data and finds its recall. */
  void take(Peer built, Limits limits) throws IOException {
    subject = built;
    long start = System.nanoTime();
    limits.within(limits.build(), "its build", () -> subject.build(data.items(), metric));
    Facts.put(Facts.BUILD, (System.nanoTime() - start) / 1e6, "ms");
    limits.within(limits.query(), "a query", () -> subject.search(data.queries()[0], k));
    Answers answers = answers();
    double recall = 0;
    int checked = 0;
    long began = System.nanoTime();
    while (checked < answers.ordinals().length
        && (checked == 0 || System.nanoTime() - began < limits.query().toNanos())) {
      recall += answers.recall(data, checked, subject.search(data.queries()[checked], k));
      checked++;
    }
    Facts.put(Facts.RECALL, recall / checked, "ratio");
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
