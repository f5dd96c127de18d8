package dev.slate.bench.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.slate.bench.peers.GraphIndex;
import dev.slate.kernel.Catalog;
import dev.slate.kernel.Metric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Forks share a graph, and the time that its build took. */
class SavedGraphTest {
  private static final Catalog ITEMS = Catalog.of(new float[12], 3);

  @TempDir Path run;

  @Test
  void theFirstForkBuildsAndTheOthersRead() throws IOException {
    SavedGraph saved = new SavedGraph(run.resolve("graph-DOT-4x3"));
    Limits limits = new Limits(Duration.ofSeconds(10), Duration.ZERO);
    Counting first = new Counting(0);
    double millis = saved.open(first, ITEMS, Metric.DOT, limits);
    Counting second = new Counting(0);
    assertEquals(millis, saved.open(second, ITEMS, Metric.DOT, limits));
    assertEquals("1 0", first.builds + " " + first.loads);
    assertEquals("0 1", second.builds + " " + second.loads);
  }

  /** Otherwise each number of candidates would wait for the limit again. */
  @Test
  void aBuildThatTookTooLongIsNotTriedAgain() {
    SavedGraph saved = new SavedGraph(run.resolve("graph-DOT-4x3"));
    Limits limits = new Limits(Duration.ofMillis(50), Duration.ZERO);
    Counting first = new Counting(20_000);
    Counting second = new Counting(0);
    for (Counting each : new Counting[] {first, second}) {
      Limits.Refusal refused =
          assertThrows(Limits.Refusal.class, () -> saved.open(each, ITEMS, Metric.DOT, limits));
      assertEquals("its build takes longer than 0 s", refused.getMessage());
    }
    assertEquals(1, first.builds);
    assertEquals(0, second.builds + second.loads);
  }

  private static final class Counting implements GraphIndex {
    private final long millis;
    private int builds;
    private int loads;

    Counting(long millis) {
      this.millis = millis;
    }

    @Override
    public void candidates(int ef) {}

    @Override
    public void build(Catalog items, Metric metric) throws IOException {
      builds++;
      try {
        Thread.sleep(millis);
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
    }

    @Override
    public void save(Path folder) throws IOException {
      Files.writeString(folder.resolve("graph"), "kept");
    }

    @Override
    public void load(Path folder, Catalog items, Metric metric) throws IOException {
      loads++;
      assertEquals("kept", Files.readString(folder.resolve("graph")));
    }

    @Override
    public int[] search(float[] query, int k) {
      return new int[k];
    }
  }
}
