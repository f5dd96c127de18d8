package dev.slate.bench.peers;

import dev.slate.kernel.Metric;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A library's graph, searched with a number of candidates. Each number is a row of its own, since
 * time buys recall.
 *
 * @param library whose graph
 * @param ef candidates that a search keeps
 */
public record GraphPeer(GraphLibrary library, int ef) implements JvmRival {
  private static final int[] SWEEP = {50, 100, 200, 400};
  private static final Pattern NAME = Pattern.compile("([a-z-]+)(?::([1-9][0-9]{0,5}))?");

  /** Every library with every number of candidates that is measured unless one is named. */
  public static Stream<GraphPeer> all() {
    return Stream.of(GraphLibrary.values()).flatMap(GraphPeer::sweep);
  }

  private static Stream<GraphPeer> sweep(GraphLibrary library) {
    return IntStream.of(SWEEP).mapToObj(ef -> new GraphPeer(library, ef));
  }

  /**
   * Finds the peers of a name.
   *
   * @param name {@code hnswlib} for the sweep, {@code hnswlib:77} for 77 candidates
   * @return none if no library has that name
   */
  public static List<GraphPeer> named(String name) {
    Matcher matcher = NAME.matcher(name.toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      return List.of();
    }
    String ef = matcher.group(2);
    return Arrays.stream(GraphLibrary.values())
        .filter(library -> library.id().equals(matcher.group(1)))
        .flatMap(
            library ->
                ef == null
                    ? sweep(library)
                    : Stream.of(new GraphPeer(library, Integer.parseInt(ef))))
        .toList();
  }

  static Optional<GraphPeer> of(String parameter) {
    return named(parameter).stream().filter(peer -> peer.parameter().equals(parameter)).findFirst();
  }

  @Override
  public String id() {
    return library.id();
  }

  @Override
  public String parameter() {
    return id() + ":" + ef;
  }

  @Override
  public String title() {
    return library.title + " ef=" + ef;
  }

  @Override
  public String strategy() {
    return "graph ef=" + ef;
  }

  @Override
  public boolean exact() {
    return false;
  }

  @Override
  public boolean batches() {
    return false;
  }

  @Override
  public long heap(long n, int d) {
    return (long) (library.copies * n * d * Float.BYTES) + n * library.bytesPerItem;
  }

  @Override
  public String refusal(Metric metric, long n, int d) {
    return library == GraphLibrary.JVECTOR_GRAPH && metric == Metric.DOT
        ? "takes products of vectors of length one only"
        : "";
  }

  @Override
  public String missing() {
    return "";
  }

  @Override
  public GraphIndex create() {
    GraphIndex graph = library.create();
    graph.candidates(ef);
    return graph;
  }
}
