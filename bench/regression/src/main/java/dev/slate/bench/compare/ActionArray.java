package dev.slate.bench.compare;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.slate.bench.results.BenchmarkMetric;
import dev.slate.bench.results.Direction;
import java.io.UncheckedIOException;

/**
 * The candidate's side as the array that github-action-benchmark reads: objects of name, unit,
 * value, range and extra. That action takes one direction at a time, with its tools {@code
 * customSmallerIsBetter} and {@code customBiggerIsBetter}.
 */
public final class ActionArray {
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private ActionArray() {}

  /**
   * Renders the rows of one direction that have a candidate's number.
   *
   * @param comparison the comparison
   * @param direction which rows
   * @return JSON, with a line break at the end
   */
  public static String of(Comparison comparison, Direction direction) {
    ArrayNode array = MAPPER.createArrayNode();
    for (ComparisonRow row : comparison.rows()) {
      if (row.metric().direction() == direction && Double.isFinite(row.candidate())) {
        var node = array.addObject();
        node.put("name", name(row)).put("unit", row.key().unit()).put("value", row.candidate());
        if (!Double.isNaN(row.low())) {
          node.put("range", Numbers.change(row.low()) + " … " + Numbers.change(row.high()));
        }
        node.put("extra", row.verdict() + (row.reason().isEmpty() ? "" : ": " + row.reason()));
      }
    }
    try {
      return MAPPER.writeValueAsString(array) + "\n";
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String name(ComparisonRow row) {
    String run = row.key().run().toString();
    return row.key().metric().equals(BenchmarkMetric.PRIMARY)
        ? run
        : run + " " + row.key().metric();
  }
}
