package dev.slate.bench.suite;

import dev.slate.bench.peers.GraphIndex;
import dev.slate.kernel.Catalog;
import dev.slate.kernel.Metric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A graph that the forks of a run share: building it takes minutes, reading it seconds.
 *
 * @param folder of the graph, complete as soon as it exists
 */
record SavedGraph(Path folder) {
  private static final String MILLIS = "build-millis";

  /**
   * Reads the graph, or builds and keeps it where there is none.
   *
   * @return milliseconds that the build took, in whichever fork
   */
  double open(GraphIndex graph, Catalog items, Metric metric) throws IOException {
    if (Files.exists(folder)) {
      graph.load(folder, items, metric);
      return Double.parseDouble(Files.readString(folder.resolve(MILLIS)));
    }
    long start = System.nanoTime();
    graph.build(items, metric);
    double millis = (System.nanoTime() - start) / 1e6;
    Path beside = Files.createTempDirectory(folder.toAbsolutePath().getParent(), "graph");
    graph.save(beside);
    Files.writeString(beside.resolve(MILLIS), Double.toString(millis));
    Files.move(beside, folder, StandardCopyOption.ATOMIC_MOVE);
    return millis;
  }
}
