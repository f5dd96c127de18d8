package dev.slate.recommend.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slate.recommend.evaluate.ModelComparison;
import dev.slate.recommend.evaluate.ModelComparison.Entry;
import dev.slate.recommend.evaluate.ModelComparison.Pair;
import dev.slate.recommend.evaluate.Resampling.Interval;

/** A comparison as JSON. Holds no wall time, so that the same seed gives the same bytes. */
public final class ComparisonJson {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private ComparisonJson() {}

  /** {@code {convention, k, users, models: [{model, metrics, properties, ...}], tests: [...]}}. */
  public static String of(ModelComparison comparison, String convention, int k) {
    ObjectNode root = JSON.createObjectNode();
    root.put("convention", convention);
    if (k == Integer.MAX_VALUE) {
      root.put("k", "all");
    } else {
      root.put("k", k);
    }
    root.put("users", comparison.users().size());
    ArrayNode models = root.putArray("models");
    for (Entry entry : comparison.models()) {
      ObjectNode model = models.addObject();
      model.put("model", entry.name());
      ObjectNode metrics = model.putObject("metrics");
      ObjectNode intervals = model.putObject("intervals");
      for (int i = 0; i < entry.means().length; i++) {
        String name = comparison.figures().get(i).name();
        metrics.put(name, entry.means()[i]);
        put(intervals.putArray(name), entry.intervals()[i]);
      }
      ObjectNode properties = model.putObject("properties");
      entry.properties().forEach(properties::put);
      ObjectNode engagement = model.putObject("engagement");
      entry.engagement().forEach(engagement::put);
      model.put("fallbacks", entry.fallbacks());
    }
    ArrayNode tests = root.putArray("tests");
    for (Pair pair : comparison.pairs()) {
      ObjectNode test = tests.addObject();
      test.put("metric", comparison.figures().get(pair.figure()).name());
      test.put("model", comparison.models().get(pair.b()).name());
      test.put("against", comparison.models().get(pair.a()).name());
      test.put("difference", pair.difference());
      put(test.putArray("interval"), pair.interval());
      test.put("p_holm", pair.p());
    }
    try {
      return JSON.writeValueAsString(root);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void put(ArrayNode array, Interval interval) {
    array.add(interval.low()).add(interval.high());
  }
}
