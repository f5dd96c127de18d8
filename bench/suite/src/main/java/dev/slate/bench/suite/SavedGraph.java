package dev.slate.bench.suite;

import dev.slate.bench.peers.GraphIndex;
import dev.slate.kernel.Catalog;
import dev.slate.kernel.Metric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A graph that the forks of a run share: building it takes minutes, reading it seconds. A build
 * that was refused once is not tried again in the same run.
 *
 * @param folder of the graph, complete as soon as it exists
 */
record SavedGraph(Path folder) {
  private static final String MILLIS = "build-millis";

  /**
   * Reads the graph, or builds and keeps it where there is none.
   *
   * @return milliseconds that the build took, in whichever fork
   * @throws Limits.Refusal if the build goes beyond its limits, or has done so in another fork
   */
  double open(GraphIndex graph, Catalog items, Metric metric, Limits limits) throws IOException {
    Path refused = folder.resolveSibling(folder.getFileName() + ".refused");
    if (Files.exists(refused)) {
      throw new Limits.Refusal(Files.readString(refused), null);
    }
    double[] millis = new double[1];
    try {
      limits.within(
          limits.build(), "its build", () -> millis[0] = openOrBuild(graph, items, metric));
    } catch (Limits.Refusal e) {
      Files.writeString(refused, e.getMessage());
      throw e;
    }
    return millis[0];
  }

  private double openOrBuild(GraphIndex graph, Catalog items, Metric metric) throws IOException {
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
