package dev.slate.bench.commits;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.slate.bench.results.BadInputException;
import dev.slate.bench.results.BenchmarkMetric;
import dev.slate.bench.results.Direction;
import dev.slate.bench.results.RowKey;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryFileTest {
  private static final BenchmarkMetric MILLIS =
      new BenchmarkMetric(BenchmarkMetric.PRIMARY, "ms/op", Direction.LOWER_IS_BETTER, false);

  @TempDir private Path folder;

  private static Entry entry(String commit, int day) {
    RowKey key = RowKey.run("a.B.c", "avgt", 1, Map.of()).of(MILLIS);
    return new Entry(
        commit,
        Instant.parse("2026-01-%02dT00:00:00Z".formatted(day)),
        "main",
        new TreeMap<>(Map.of(key, new Entry.Value(MILLIS, day, 3))));
  }

  @Test
  void entriesAreReadByTime() {
    HistoryFile file = new HistoryFile(folder.resolve("h.jsonl").toString());
    file.append(entry("0123456789", 2), before -> true);
    file.append(entry("a", 1), before -> true);
    assertEquals(List.of(entry("a", 1), entry("0123456789", 2)), file.read());
    assertEquals("01234567", file.read().getLast().shortCommit());
    assertThrows(BadInputException.class, () -> new HistoryFile(folder + "/none").read());
  }

  /** Jobs of a CI that share a folder add at the same time. */
  @Test
  void oneOfManyWritersAddsAnEntry() throws Exception {
    HistoryFile file = new HistoryFile(folder.resolve("h.jsonl").toString());
    Process other = writer(file.name());
    int mine = 0;
    for (int day = 1; day <= 28; day++) {
      Entry entry = entry("c" + day, day);
      mine += file.append(entry, before -> !before.contains(entry)) ? 1 : 0;
    }
    int others = Integer.parseInt(new String(other.getInputStream().readAllBytes(), UTF_8).strip());
    assertEquals(0, other.waitFor());
    assertEquals(28, mine + others);
    assertEquals(28, file.read().size());
  }

  private static Process writer(String name) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Writer.class.getName(),
            name)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  /** Adds the same entries from a JVM of its own, and prints how many were not there. */
  static final class Writer {
    private Writer() {}

    public static void main(String[] args) {
      HistoryFile file = new HistoryFile(args[0]);
      int added = 0;
      for (int day = 1; day <= 28; day++) {
        Entry entry = entry("c" + day, day);
        added += file.append(entry, before -> !before.contains(entry)) ? 1 : 0;
      }
      System.out.println(added);
    }
  }

  /** Between the look and the write of one writer, another waits. */
  @Test
  void aWriterWaitsForAnother() throws Exception {
    HistoryFile file = new HistoryFile(folder.resolve("h.jsonl").toString());
    Process[] other = new Process[1];
    file.append(
        entry("c1", 1),
        before -> {
          try {
            other[0] = writer(file.name());
            assertFalse(other[0].waitFor(1, TimeUnit.SECONDS));
          } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
          }
          return true;
        });
    String others = new String(other[0].getInputStream().readAllBytes(), UTF_8).strip();
    assertEquals("27", others);
    assertEquals(28, file.read().size());
  }

  @Test
  void unitsOfTimeConvert() {
    Entry millis = entry("a", 4);
    RowKey key = millis.values().firstKey();
    RowKey nanos = RowKey.run("a.B.c", "avgt", 1, Map.of()).of(MILLIS.in("ns/op"));
    Entry converted = millis.inUnitsOf(Map.of(key.withoutUnit(), nanos));
    assertEquals(4e6, converted.values().get(nanos).median());
  }
}
