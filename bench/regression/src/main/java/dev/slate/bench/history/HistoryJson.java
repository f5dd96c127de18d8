package dev.slate.bench.history;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slate.bench.commits.Entry;
import dev.slate.bench.results.KeyJson;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * The change points of a history for programs.
 *
 * <pre>
 * format   "slate-history-changes"
 * version  1; grows when a field changes its meaning or goes
 * results  how many entries
 * changes  benchmark, mode, threads, params, metric, unit, better, deterministic, commit, time,
 *          before, after, change (a share; null from zero), worse, p
 * </pre>
 */
final class HistoryJson {
  private static final int VERSION = 1;
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private HistoryJson() {}

  static String of(int results, List<Track> tracks) {
    ObjectNode root = MAPPER.createObjectNode();
    root.put("format", "slate-history-changes").put("version", VERSION).put("results", results);
    ArrayNode changes = root.putArray("changes");
    for (Track track : HistoryTable.latestFirst(tracks)) {
      track.changes().forEach(change -> change(changes.addObject(), track, change));
    }
    try {
      return MAPPER.writeValueAsString(root) + "\n";
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void change(ObjectNode node, Track track, ChangePoint change) {
    Entry entry = track.entries().get(change.index());
    KeyJson.write(node, track.key(), track.metric())
        .put("commit", entry.commit())
        .put("time", entry.time().toString())
        .put("before", change.before())
        .put("after", change.after());
    if (Double.isFinite(change.change())) {
      node.put("change", change.change());
    } else {
      node.putNull("change");
    }
    node.put("worse", track.isWorse(change)).put("p", change.p());
  }
}
