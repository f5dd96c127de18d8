package dev.slate.bench.peers;

import dev.slate.kernel.Metric;
import java.util.Locale;

/** A peer as a run knows it: its names, what it needs, and what it cannot do. */
public sealed interface Rival permits JvmPeer, NativePeer {
  /** The name of the constant. */
  String name();

  /** Its name in options and parameters. */
  default String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
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
