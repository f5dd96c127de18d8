package dev.slate.micrometer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slate.kernel.Catalog;
import dev.slate.kernel.Index;
import dev.slate.kernel.LiveIndex;
import dev.slate.kernel.Slate;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SlateMetersTest {
  private final MeterRegistry registry = new SimpleMeterRegistry();

  @TempDir private Path directory;

  private void timed(String name, String index, int times) {
    Timer timer = registry.get(name).tag("index", index).timer();
    assertEquals(times, timer.count(), name);
    assertTrue(times == 0 || timer.totalTime(TimeUnit.NANOSECONDS) > 0, name);
  }

  private double gauge(String name, String index) {
    return registry.get(name).tag("index", index).gauge().value();
  }

  @Test
  void countsWhatIndexesDo() throws IOException {
    SlateMeters meters = new SlateMeters(registry, Tags.of("index", "fixed"), Duration.ZERO);
    SlateMeters others = new SlateMeters(registry, Tags.of("index", "live"));
    Index index = Index.builder(Catalog.of(new float[60], 3)).listener(meters).build();
    meters.bind(index);
    Path file = directory.resolve("x.slate");
    index.save(file);
    Index.open(file, meters).searcher().search(new float[3], new Slate(1));
    meters.searches().record(5, TimeUnit.MICROSECONDS);
    try (LiveIndex live = LiveIndex.builder(3).listener(others).open(directory.resolve("live"))) {
      others.bind(live);
      for (int i = 0; i < 5; i++) {
        live.upsert(i, 1, 2, i);
      }
      live.compact();
      assertEquals(5, gauge("slate.items", "live"));
      assertEquals((double) live.bytes(), gauge("slate.heap", "live"));
      assertEquals(live.parts(), gauge("slate.parts", "live"));
      assertEquals(5, registry.get("slate.writes").functionCounter().count());
    }
    assertEquals(20, gauge("slate.items", "fixed"));
    assertEquals((double) index.bytes(), gauge("slate.heap", "fixed"));
    for (String name : new String[] {"build", "save", "open", "search", "search.slow"}) {
      timed("slate." + name, "fixed", 1);
      timed("slate." + name, "live", 0);
    }
    timed("slate.compaction", "live", 1);
    timed("slate.recovery", "live", 1);
    timed("slate.compaction", "fixed", 0);
  }
}
