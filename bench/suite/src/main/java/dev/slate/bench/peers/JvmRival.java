package dev.slate.bench.peers;

import java.util.Arrays;

/** A peer that runs in a fork of JMH. */
public sealed interface JvmRival extends Rival permits JvmPeer, GraphPeer {
  /** Creates it, empty. */
  Peer create();

  /**
   * Finds a peer.
   *
   * @param parameter as {@link #parameter} gives it
   * @throws IllegalArgumentException if there is none of that name
   */
  static JvmRival of(String parameter) {
    return Arrays.stream(JvmPeer.values())
        .filter(peer -> peer.parameter().equals(parameter))
        .findFirst()
        .<JvmRival>map(peer -> peer)
        .or(() -> GraphPeer.of(parameter))
        .orElseThrow(() -> new IllegalArgumentException("peer: " + parameter + " is not known"));
  }
}
