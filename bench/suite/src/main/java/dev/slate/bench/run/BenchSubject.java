package dev.slate.bench.run;

import dev.slate.bench.peers.Rival;
import dev.slate.bench.suite.StrategyChoice;
import dev.slate.kernel.Metric;

/** A subject of the measurements: a strategy of the kernel, or a peer. */
public sealed interface BenchSubject {
  /** The name in {@code summary.json}: {@code slate}, or that of a peer. */
  String name();

  /** How it finds the answer, lower case. */
  String strategy();

  /** The name in tables. */
  String title();

  /** Memory for n items of d attributes, in bytes, without the memory stream. */
  long heap(long n, int d);

  /** Whether it answers many queries in one call otherwise than one by one. */
  boolean batches();

  /** Whether it finds the best items, but for rounding. */
  boolean exact();

  /** Why it cannot serve, or an empty string. */
  String refusal(Metric metric, long n, int d);

  /** What installs it where it is missing; else an empty string. */
  String missing();

  /**
   * The kernel with one strategy.
   *
   * @param chosen the strategy
   */
  record Kernel(StrategyChoice chosen) implements BenchSubject {
    /** What further indexes may take that {@link StrategyChoice#MEASURED} builds to time them. */
    private static final double MOST_OTHERS = 4e9;

    @Override
    public String name() {
      return "slate";
    }

    @Override
    public String strategy() {
      return Question.lower(chosen);
    }

    @Override
    public String title() {
      return "slate " + strategy();
    }

    @Override
    public long heap(long n, int d) {
      double rows = (double) n * d * Float.BYTES;
      double others = chosen == StrategyChoice.MEASURED ? Math.min(4.4 * rows, MOST_OTHERS) : 0;
      return (long) (2.6 * rows + others) + 24 * n;
    }

    @Override
    public boolean batches() {
      return true;
    }

    @Override
    public boolean exact() {
      return true;
    }

    @Override
    public String refusal(Metric metric, long n, int d) {
      return "";
    }

    @Override
    public String missing() {
      return "";
    }
  }

  /**
   * Anyone else.
   *
   * @param rival who
   */
  record PeerSubject(Rival rival) implements BenchSubject {
    @Override
    public String name() {
      return rival.id();
    }

    @Override
    public String strategy() {
      return rival.strategy();
    }

    @Override
    public String title() {
      return rival.title();
    }

    @Override
    public long heap(long n, int d) {
      return rival.heap(n, d);
    }

    @Override
    public boolean batches() {
      return rival.batches();
    }

    @Override
    public boolean exact() {
      return rival.exact();
    }

    @Override
    public String refusal(Metric metric, long n, int d) {
      return rival.refusal(metric, n, d);
    }

    @Override
    public String missing() {
      return rival.missing();
    }
  }
}
