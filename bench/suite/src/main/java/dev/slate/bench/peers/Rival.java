package dev.slate.bench.peers;

import dev.slate.kernel.Metric;

/** A peer as a run knows it: its names, what it needs, and what it cannot do. */
public sealed interface Rival permits JvmRival, NativePeer {
  /** Its name in options and results. */
  String id();

  /** Its name in parameters of JMH, which tells it from all others. */
  default String parameter() {
    return id();
  }

  /** Whether it finds the best items, but for the rounding of each score. */
  default boolean exact() {
    return true;
  }

  /** Its name in tables. */
  String title();

  /** How it finds the answer: {@code flat} looks at every item. */
  String strategy();

  /** Whether it answers many queries in one call faster than one by one. */
  boolean batches();

  /** Memory that it takes for n items of d attributes, in bytes. */
  long heap(long n, int d);

  /** Why it cannot serve, or an empty string. */
  String refusal(Metric metric, long n, int d);

  /** What installs it on Debian where it is missing; else an empty string. */
  String missing();
}
