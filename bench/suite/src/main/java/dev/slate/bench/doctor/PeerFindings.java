package dev.slate.bench.doctor;

import dev.slate.bench.peers.Installation;
import dev.slate.bench.peers.JvmPeer;
import dev.slate.bench.peers.NativePeer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether the libraries that {@code slate bench --peers all} measures besides are installed. */
final class PeerFindings {
  private static final String ADVICE = " makes it a peer of slate bench --peers all";

  private PeerFindings() {}

  static List<Finding> all() {
    List<Finding> findings = new ArrayList<>();
    for (NativePeer peer : NativePeer.values()) {
      Optional<Installation> installed = Installation.find(peer);
      findings.add(
          installed.isPresent()
              ? new Finding(peer.id(), installed.get().version())
              : missing(peer.id(), peer.missing()));
    }
    String missing = JvmPeer.OPENBLAS.missing();
    findings.add(
        missing.isEmpty()
            ? new Finding(JvmPeer.OPENBLAS.id(), "found")
            : missing(JvmPeer.OPENBLAS.id(), missing));
    return findings;
  }

  private static Finding missing(String name, String installation) {
    return new Finding(name, "not found", installation + ADVICE);
  }
}
