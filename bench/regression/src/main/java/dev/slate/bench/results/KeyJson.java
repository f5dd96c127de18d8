package dev.slate.bench.results;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.TreeMap;

/**
 * How Slate's own JSON names a row: the fields {@code benchmark}, {@code mode}, {@code threads},
 * {@code params}, {@code metric}, {@code unit}, {@code better} ({@code lower}, {@code higher} or
 * {@code unknown}) and {@code deterministic}.
 */
public final class KeyJson {
  private KeyJson() {}

  /**
   * Writes the fields of a row.
   *
   * @param node takes them
   * @param key of the row
   * @param metric of the row
   * @return the node
   */
  public static ObjectNode write(ObjectNode node, RowKey key, BenchmarkMetric metric) {
    node.put("benchmark", key.benchmark()).put("mode", key.mode()).put("threads", key.threads());
    ObjectNode params = node.putObject("params");
    key.params().forEach(params::put);
    return node.put("metric", key.metric())
        .put("unit", key.unit())
        .put("better", metric.direction().word())
        .put("deterministic", metric.deterministic());
  }

  /**
   * Reads the key that {@link #write} wrote.
   *
   * @param node with the fields
   * @return the key, with metric and unit
   */
  public static RowKey key(JsonNode node) {
    Map<String, String> params = new TreeMap<>();
    node.path("params").properties().forEach(p -> params.put(p.getKey(), p.getValue().asText()));
    return RowKey.run(
            node.path("benchmark").asText(),
            node.path("mode").asText(),
            node.path("threads").asInt(1),
            params)
        .of(metric(node));
  }

  /**
   * Reads the metric that {@link #write} wrote.
   *
   * @param node with the fields
   * @return the metric
   */
  public static BenchmarkMetric metric(JsonNode node) {
    return new BenchmarkMetric(
        node.path("metric").asText(),
        node.path("unit").asText(),
        Direction.of(node.path("better").asText()),
        node.path("deterministic").asBoolean());
  }
}
