package dev.slate.bench.peers;

import dev.slate.kernel.Catalog;
import dev.slate.kernel.Metric;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A graph of near neighbours, hierarchical as that of Malkov and Yashunin (2016): approximate. It
 * is built once and searched with several numbers of candidates (<i>ef</i>), so that it can be kept
 * in a folder.
 */
public interface GraphIndex extends Peer {
  /** Neighbours of a node above the lowest layer, which has twice as many. */
  int LINKS = 16;

  /** Candidates that a new node is linked from. */
  int BUILD_CANDIDATES = 200;

  /**
   * Sets how many candidates a search keeps.
   *
   * @param ef at least 1; a search for more items keeps as many as it is asked for
   */
  void candidates(int ef);

  /**
   * Keeps the built graph.
   *
   * @param folder an existing, empty folder
   * @throws IOException if it cannot be written
   */
  void save(Path folder) throws IOException;

  /**
   * Opens a graph that was kept, in place of a build.
   *
   * @param folder that of {@link #save}
   * @param items that it was built from
   * @param metric that it was built for
   * @throws IOException if it cannot be read
   */
  void load(Path folder, Catalog items, Metric metric) throws IOException;
}
