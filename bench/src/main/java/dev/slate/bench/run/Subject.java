package dev.slate.bench.run;

import dev.slate.bench.peers.JvmPeer;
import dev.slate.kernel.Strategy;

/** Who answers. */
public sealed interface Subject {
  /** The name in {@code summary.json}: {@code slate}, or that of a peer. */
  String name();

  /** How it finds the answer, lower case. */
  String strategy();

  /** The name in tables. */
  String title();

  /** Heap for n items of d attributes, in bytes, without the memory stream. */
  long heap(long n, int d);

  /**
   * The kernel with one strategy.
   *
   * @param chosen the strategy
   */
  record Kernel(Strategy chosen) implements Subject {
    @Override
    public String name() {
      return "slate";
    }

    @Override
    public String strategy() {
      return Shape.lower(chosen);
    }

    @Override
    public String title() {
      return "slate " + strategy();
    }

    @Override
    public long heap(long n, int d) {
      return (long) (2.6 * n * d * Float.BYTES) + 24 * n;
    }
  }

  /**
   * A peer in a JVM of its own.
   *
   * @param peer which
   */
  record Jvm(JvmPeer peer) implements Subject {
    @Override
    public String name() {
      return peer.id();
    }

    @Override
    public String strategy() {
      return peer.strategy();
    }

    @Override
    public String title() {
      return peer.title();
    }

    @Override
    public long heap(long n, int d) {
      return peer.heap(n, d);
    }
  }
}
