package dev.slate.bench.commits;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.slate.bench.results.BadInputException;
import dev.slate.bench.results.BenchmarkMetric;
import dev.slate.bench.results.Direction;
import dev.slate.bench.results.RowKey;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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
    file.append(entry("0123456789", 2));
    file.append(entry("a", 1));
    assertEquals(List.of(entry("a", 1), entry("0123456789", 2)), file.read());
    assertEquals("01234567", file.read().getLast().shortCommit());
    assertThrows(BadInputException.class, () -> new HistoryFile(folder + "/none").read());
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
