package dev.slate.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a listener and the flight recorder are told. */
class IndexListenerTest {
  @TempDir private Path directory;

  /** Writes down what it is told. */
  private static final class Notes implements IndexListener {
    private final List<String> lines = Collections.synchronizedList(new ArrayList<>());
    private final Duration slow;

    Notes(Duration slow) {
      this.slow = slow;
    }

    private void add(String line, long nanos) {
      lines.add(nanos > 0 ? line : line + " in no time");
    }

    @Override
    public void built(Strategy strategy, int items, long bytes, long nanos) {
      add("built " + strategy + " " + items + " " + bytes, nanos);
    }

    @Override
    public void saving(Path file, long bytes, long total) {
      lines.add("saving " + file + " " + (bytes >> 20) + " of " + (total >> 20) + " MiB");
    }

    @Override
    public void opening(Path file, long bytes, long total) {
      lines.add("opening " + file + " " + (bytes >> 20) + " of " + (total >> 20) + " MiB");
    }

    @Override
    public void saved(Path file, long bytes, long nanos) {
      add("saved " + file + " " + bytes, nanos);
    }

    @Override
    public void opened(Path file, long bytes, long nanos) {
      add("opened " + file + " " + bytes, nanos);
    }

    @Override
    public void compacted(int parts, long items, long nanos) {
      add("compacted " + parts + " " + items, nanos);
    }

    @Override
    public void recovered(long items, long version, long nanos) {
      add("recovered " + items + " " + version, nanos);
    }

    @Override
    public void slowSearch(SearchStats stats, long nanos) {
      add("slow " + stats.itemsScored(), nanos);
    }

    @Override
    public Duration slowSearchThreshold() {
      return slow;
    }

    List<String> take() {
      List<String> taken = List.copyOf(lines);
      lines.clear();
      return taken;
    }
  }

  private static float[] rows(int n) {
    return Shape.UNIFORM.rows(new Random(n), n, 3);
  }

  @Test
  void tellsOfBuildsFilesAndSlowSearches() throws IOException {
    Notes notes = new Notes(Duration.ZERO);
    Path file = directory.resolve("x.slate");
    Index index =
        Index.builder(Catalog.of(rows(70), 3)).strategy(Strategy.SCAN).listener(notes).build();
    assertEquals(List.of("built SCAN 70 " + index.bytes()), notes.take());
    Searcher searcher = index.searcher();
    searcher.search(new float[3], new Slate(5));
    searcher.search(Query.of(new float[3]).allowIds(1, 2), new Slate(5));
    searcher.searchAll(new float[3], new Slate[] {new Slate(1)});
    assertEquals(List.of("slow 70", "slow 2"), notes.take());
    index.warmUp(Duration.ofMillis(1));
    assertEquals(List.of(), notes.take(), "a warm-up is slow, and no reason for an alarm");
    index.attach("a", new byte[3]).save(file);
    String saved = file + " " + Files.size(file);
    assertEquals(List.of("saved " + saved), notes.take());
    Index opened = Index.open(file, notes);
    opened.searcher().search(new float[3], new Slate(1));
    assertEquals(List.of("opened " + saved, "slow 70"), notes.take());
    Index.open(file).searcher().search(new float[3], new Slate(1));
    assertEquals(List.of(), notes.take());
  }

  @Test
  void tellsOfALiveIndex() throws IOException {
    Notes notes = new Notes(Duration.ZERO);
    LiveIndexBuilder builder = LiveIndex.builder(3).durability(Durability.PROCESS_DEATH);
    try (LiveIndex live = builder.items(Catalog.of(rows(40), 3)).listener(notes).open(directory)) {
      live.search(new float[3], new Slate(1));
      live.upsert(7, 1, 2, 3);
      live.delete(8);
      live.compact();
      List<String> told = notes.take();
      assertTrue(told.get(0).startsWith("recovered 0 0"), told.toString());
      assertTrue(told.get(1).startsWith("built SCAN 40 "), told.toString());
      Path snapshot = directory.resolve("snapshot-1");
      assertEquals(
          List.of("saved " + snapshot + " " + Files.size(snapshot), "slow 40", "compacted 2 39"),
          told.subList(2, told.size()));
      live.save();
      Path next = directory.resolve("snapshot-2");
      assertEquals(List.of("saved " + next + " " + Files.size(next)), notes.take());
    }
    try (LiveIndex live = LiveIndex.builder(3).listener(notes).open(directory)) {
      assertEquals(List.of("recovered 39 " + live.version()), notes.take());
    }
  }

  @Test
  void tellsHowFarALargeFileIs() throws IOException {
    Notes notes = new Notes(ChronoUnit.FOREVER.getDuration());
    Catalog items = Catalog.of(new float[9 << 20], 16);
    Path file = directory.resolve("x.slate");
    Index.builder(items).strategy(Strategy.SCAN).listener(notes).build().save(file);
    List<String> told = notes.take();
    assertEquals("saving " + file + " 16 of 36 MiB", told.get(1));
    assertEquals("saving " + file + " 32 of 36 MiB", told.get(2));
    assertTrue(told.get(3).startsWith("saved " + file + " "), told.toString());
    assertEquals(4, told.size());
    for (Opening opening : Opening.values()) {
      Index.open(file, opening, notes).close();
      told = notes.take();
      // On demand the rows are left out.
      int[] mebibytes = opening == Opening.LOAD ? new int[] {16, 32} : new int[] {36};
      int parts = mebibytes.length;
      for (int i = 0; i < parts; i++) {
        assertEquals("opening " + file + " " + mebibytes[i] + " of 36 MiB", told.get(i));
      }
      assertTrue(told.get(parts).startsWith("opened " + file + " "), told.toString());
      assertEquals(parts + 1, told.size());
    }
    Path live = directory.resolve("live");
    LiveIndexBuilder builder = LiveIndex.builder(16).durability(Durability.PROCESS_DEATH);
    builder.listener(notes).items(items).open(live).close();
    Path snapshot = live.resolve("snapshot-1");
    told = notes.take();
    assertEquals("saving " + snapshot + " 16 of 45 MiB", told.get(2));
    assertEquals("saving " + snapshot + " 32 of 45 MiB", told.get(3));
    assertTrue(told.get(4).startsWith("saved " + snapshot + " "), told.toString());
    LiveIndex.builder(16).listener(notes).open(live).close();
    told = notes.take();
    assertEquals("opening " + snapshot + " 16 of 45 MiB", told.get(0));
    assertEquals("opening " + snapshot + " 32 of 45 MiB", told.get(1));
    assertTrue(told.get(2).startsWith("recovered 589824 "), told.toString());
  }

  /** A listener that hears of no search costs a search no allocation, and no counter. */
  @Test
  void aSearchAllocatesNothingForAListener() {
    Notes notes = new Notes(ChronoUnit.FOREVER.getDuration());
    Catalog items = Catalog.of(rows(3_000), 3);
    Index plain = Index.builder(items).strategy(Strategy.TREE).build();
    Index told = Index.builder(items).strategy(Strategy.TREE).listener(notes).build();
    assertEquals(1, notes.take().size());
    Searcher searcher = told.searcher();
    Slate slate = new Slate(10);
    float[] query = {0.1f, 0.2f, 0.3f};
    assertEquals(0, Allocation.ofWarm(() -> searcher.search(query, slate)));
    Searcher other = plain.searcher();
    other.search(query, new Slate(10));
    assertEquals(other.stats(), searcher.stats());
    assertEquals(List.of(), notes.take());
  }

  @Test
  void theFlightRecorderIsTold() throws IOException {
    int n = 1_237;
    Path file = directory.resolve("x.slate");
    Path live = Files.createDirectory(directory.resolve("live"));
    Path recorded = directory.resolve("recorded.jfr");
    try (Recording recording = new Recording()) {
      for (String name : List.of("Build", "File", "Compaction", "Recovery", "SlowSearch")) {
        recording.enable("dev.slate." + name).withoutThreshold();
      }
      recording.start();
      Index index =
          Index.builder(Catalog.of(rows(n), 3))
              .strategy(Strategy.SCAN)
              .listener(new Notes(Duration.ZERO))
              .build();
      index.save(file);
      Index.open(file);
      index.searcher().search(new float[3], new Slate(1));
      try (LiveIndex some = LiveIndex.builder(3).items(Catalog.of(rows(n), 3)).open(live)) {
        some.upsert(n, 1, 2, 3);
        some.compact();
      }
      recording.stop();
      recording.dump(recorded);
    }
    List<RecordedEvent> events = RecordingFile.readAllEvents(recorded);
    RecordedEvent build = only(events, "Build", "items", n, "strategy", "SCAN", "dimensions", 3);
    assertTrue(build.getDuration().toNanos() > 0);
    assertTrue(build.getLong("bytes") > 12L * n);
    for (String operation : List.of("save", "open")) {
      RecordedEvent one =
          only(events, "File", "items", (long) n, "operation", operation, "file", file.toString());
      assertEquals(Files.size(file), one.getLong("bytes"));
      assertTrue(one.getDuration().toNanos() > 0);
    }
    String snapshot = live.resolve("snapshot-1").toString();
    only(events, "File", "items", (long) n, "operation", "save", "file", snapshot);
    only(events, "SlowSearch", "itemsScored", (long) n);
    only(events, "Compaction", "items", n + 1L, "parts", 2);
    only(events, "Recovery", "directory", live.toString(), "items", 0L);
  }

  /** Other tests of this process are recorded, too. */
  private static RecordedEvent only(List<RecordedEvent> events, String name, Object... fields) {
    List<RecordedEvent> found = new ArrayList<>();
    for (RecordedEvent event : events) {
      boolean same = event.getEventType().getName().equals("dev.slate." + name);
      for (int i = 0; same && i < fields.length; i += 2) {
        same = event.getValue((String) fields[i]).equals(fields[i + 1]);
      }
      if (same) {
        found.add(event);
      }
    }
    assertFalse(found.isEmpty(), name + " " + Arrays.toString(fields));
    return found.get(0);
  }
}
