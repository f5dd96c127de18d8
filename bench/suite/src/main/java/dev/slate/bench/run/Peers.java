package dev.slate.bench.run;

import dev.slate.bench.peers.GraphPeer;
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
record Peers(List<BenchSubject> subjects) {
  private static final Peers ALL =
      of(
          Stream.of(Stream.of(JvmPeer.values()), GraphPeer.all(), Stream.of(NativePeer.values()))
              .flatMap(group -> group));

  /** Those that answer exactly, in a JVM. */
  static final Peers EXACT = of(Stream.of(JvmPeer.values()).filter(JvmPeer::exact));

  /** Those that are built in no time. */
  static final Peers QUICK =
      of(Stream.of(JvmPeer.SCALAR_LOOP, JvmPeer.VERTICAL_LOOP, JvmPeer.LUCENE_FLAT));

  /** The names that the option takes. */
  static final String NAMES =
      "all, jvm, none or "
          + ALL.subjects.stream()
              .map(BenchSubject::name)
              .distinct()
              .collect(Collectors.joining(", "));

  private static Peers of(Stream<? extends Rival> rivals) {
    return new Peers(rivals.<BenchSubject>map(BenchSubject.PeerSubject::new).toList());
  }

  /**
   * Reads the option.
   *
   * @param names of peers, or of groups of them
   * @throws InputException if there is none of a name
   */
  static Peers named(List<String> names) {
    List<BenchSubject> chosen = new ArrayList<>();
    names.forEach(name -> chosen.addAll(named(name)));
    return new Peers(
        Stream.concat(ALL.subjects.stream().filter(chosen::contains), chosen.stream())
            .distinct()
            .toList());
  }

  /**
   * Those that this machine has.
   *
   * @param refusals takes the others, with what installs them
   */
  Peers installed(Refusals refusals) {
    List<BenchSubject> there = new ArrayList<>();
    for (BenchSubject peer : subjects) {
      String installation = peer.missing();
      if (installation.isEmpty()) {
        there.add(peer);
      } else {
        refusals.add(peer.title(), "not installed: " + installation);
      }
    }
    return new Peers(there);
  }

  private static List<BenchSubject> named(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "all" -> ALL.subjects;
      case "jvm" -> EXACT.subjects;
      case "none" -> List.of();
      default -> one(name);
    };
  }

  private static List<BenchSubject> one(String name) {
    List<BenchSubject> found =
        Stream.concat(
                ALL.subjects.stream().filter(peer -> peer.name().equalsIgnoreCase(name)),
                GraphPeer.named(name).stream().map(BenchSubject.PeerSubject::new))
            .distinct()
            .toList();
    if (found.isEmpty()) {
      throw new InputException("--peers", "'" + name + "' is not " + NAMES);
    }
    return found;
  }
}
