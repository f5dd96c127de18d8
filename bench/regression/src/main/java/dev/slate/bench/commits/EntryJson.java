package dev.slate.bench.commits;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slate.bench.results.KeyJson;
import dev.slate.bench.results.RowKey;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * One line of the history file.
 *
 * <pre>
 * {"format": "slate-history", "version": 1, "commit": "...", "time": "2026-03-01T10:00:00Z",
 *  "branch": "main", "rows": [{"benchmark", "mode", "threads", "params", "metric", "unit",
 *  "better": "lower" or "higher", "deterministic", "median", "forks"}, ...]}
 * </pre>
 */
final class EntryJson {
  static final int VERSION = 1;

  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private EntryJson() {}

  static String write(Entry entry) {
    ObjectNode root = MAPPER.createObjectNode();
    root.put("format", "slate-history").put("version", VERSION);
    root.put("commit", entry.commit())
        .put("time", entry.time().toString())
        .put("branch", entry.branch());
    ArrayNode rows = root.putArray("rows");
    entry
        .values()
        .forEach(
            (key, value) ->
                KeyJson.write(rows.addObject(), key, value.metric())
                    .put("median", value.median())
                    .put("forks", value.forks()));
    try {
      return MAPPER.writeValueAsString(root);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads a line.
   *
   * @param line without its line break
   * @return the entry
   * @throws IllegalArgumentException saying in a few words what is wrong
   */
  static Entry read(String line) {
    JsonNode root;
    try {
      root = MAPPER.readTree(line);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not JSON, or cut off; take the line out", e);
    }
    if (!root.path("format").asText().equals("slate-history")) {
      throw new IllegalArgumentException("not a line of slate history");
    }
    if (root.path("version").asInt() > VERSION) {
      throw new IllegalArgumentException("written by a later version of Slate");
    }
    Map<RowKey, Entry.Value> values = new TreeMap<>();
    for (JsonNode row : root.path("rows")) {
      if (!row.path("median").isNumber() || row.path("benchmark").asText().isEmpty()) {
        throw new IllegalArgumentException("a row has no benchmark or no median");
      }
      values.put(
          KeyJson.key(row),
          new Entry.Value(
              KeyJson.metric(row), row.path("median").asDouble(), row.path("forks").asInt(1)));
    }
    try {
      return new Entry(
          root.path("commit").asText(),
          Instant.parse(root.path("time").asText()),
          root.path("branch").asText(),
          new TreeMap<>(values));
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("its time is not like 2026-01-31T12:00:00Z", e);
    }
  }
}
