package dev.slate.bench.history;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slate.bench.commits.Entry;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/**
 * A history as one self-contained page of charts: no network, light and dark. The drawing is done
 * by the script of the template, {@code history.html}.
 */
final class HistoryPage {
  private static final JsonMapper MAPPER = new JsonMapper();

  private HistoryPage() {}

  /**
   * Renders a history.
   *
   * @param summary of it, in one line
   * @param tracks in the order of the page
   * @return HTML
   */
  static String of(String summary, List<Track> tracks) {
    ObjectNode root = MAPPER.createObjectNode();
    root.put("about", summary);
    ArrayNode rows = root.putArray("rows");
    tracks.forEach(track -> row(rows.addObject(), track));
    try {
      // A script element ends at the first </script, wherever it stands.
      String data = MAPPER.writeValueAsString(root).replace("<", "\\u003c");
      return template().replace("/*DATA*/", data);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void row(ObjectNode node, Track track) {
    node.put("name", track.key().shortName())
        .put("params", track.key().conditions())
        .put("metric", track.metric().label())
        .put("unit", track.key().unit())
        .put("better", track.metric().direction().word());
    ArrayNode points = node.putArray("points");
    double[] values = track.values();
    for (int i = 0; i < values.length; i++) {
      Entry entry = track.entries().get(i);
      points
          .addObject()
          .put("commit", entry.shortCommit())
          .put("time", entry.time().toString())
          .put("value", values[i]);
    }
    ArrayNode changes = node.putArray("changes");
    for (ChangePoint change : track.changes()) {
      ObjectNode at = changes.addObject();
      at.put("index", change.index()).put("word", track.word(change)).put("p", change.p());
      if (Double.isFinite(change.change())) {
        at.put("change", change.change());
      } else {
        at.putNull("change");
      }
    }
  }

  private static String template() {
    try (InputStream in = HistoryPage.class.getResourceAsStream("history.html")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
