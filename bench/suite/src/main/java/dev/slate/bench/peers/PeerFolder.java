package dev.slate.bench.peers;

import dev.slate.bench.dataset.DataSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where a peer keeps files of its own: beside those of the run, which deletes them in the end. */
final class PeerFolder {
  private PeerFolder() {}

  /** Creates a new folder. */
  static Path create(String name) throws IOException {
    String run = System.getProperty(DataSet.DIRECTORY);
    return run == null
        ? Files.createTempDirectory(name)
        : Files.createTempDirectory(Path.of(run), name);
  }
}
