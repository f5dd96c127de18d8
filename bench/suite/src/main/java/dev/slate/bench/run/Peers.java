package dev.slate.bench.run;

import dev.slate.bench.peers.JvmPeer;
import dev.slate.bench.peers.NativePeer;
import dev.slate.bench.peers.Rival;
import dev.slate.data.InputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which peers are measured.
 *
 * @param subjects in the order of the table
 */
record Peers(List<Subject> subjects) {
  private static final Peers ALL =
      of(Stream.concat(Stream.of(JvmPeer.values()), Stream.of(NativePeer.values())));

  /** Those that answer exactly, in a JVM. */
  static final Peers EXACT = of(Stream.of(JvmPeer.values()).filter(JvmPeer::exact));

  /** Those that are built in no time. */
  static final Peers QUICK =
      of(Stream.of(JvmPeer.SCALAR_LOOP, JvmPeer.ECLIPSE_COLLECTIONS, JvmPeer.LUCENE_FLAT));

  /** The names that the option takes. */
  static final String NAMES =
      "all, jvm, none or "
          + ALL.subjects.stream().map(Subject::name).collect(Collectors.joining(", "));

  private static Peers of(Stream<? extends Rival> rivals) {
    return new Peers(rivals.<Subject>map(Subject.Peer::new).toList());
  }

  /**
   * Reads the option.
   *
   * @param names of peers, or of groups of them
   * @throws InputException if there is none of a name
   */
  static Peers named(List<String> names) {
    List<Subject> chosen = new ArrayList<>();
    names.forEach(name -> chosen.addAll(named(name)));
    return new Peers(ALL.subjects.stream().filter(chosen::contains).toList());
  }

  /**
   * Those that this machine has.
   *
   * @param refusals takes the others, with what installs them
   */
  Peers installed(Refusals refusals) {
    List<Subject> there = new ArrayList<>();
    for (Subject peer : subjects) {
      String installation = peer.missing();
      if (installation.isEmpty()) {
        there.add(peer);
      } else {
        refusals.add(peer.title(), "not installed: " + installation);
      }
    }
    return new Peers(there);
  }

  private static List<Subject> named(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "all" -> ALL.subjects;
      case "jvm" -> EXACT.subjects;
      case "none" -> List.of();
      default ->
          List.of(
              ALL.subjects.stream()
                  .filter(peer -> peer.name().equalsIgnoreCase(name))
                  .findFirst()
                  .orElseThrow(
                      () -> new InputException("--peers", "'" + name + "' is not " + NAMES)));
    };
  }
}
