package dev.slate.bench.compare;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slate.bench.results.KeyJson;
import java.io.UncheckedIOException;

/**
 * A comparison for programs.
 *
 * <pre>
 * format     "slate-compare"
 * version    1; grows when a field changes its meaning or goes, not when one is added
 * base, candidate                      the sources
 * rules      alpha, minEffect, confidence, seed
 * notes      strings
 * rows       benchmark, mode, threads, params, metric, unit, better ("lower" or "higher"),
 *            deterministic, verdict, reason, base, candidate, change, low, high, p, adjustedP,
 *            detectable, baseForks, candidateForks, forksNeeded, noise
 * verdicts   how many of each
 * exitCode   what the command ends with
 * </pre>
 *
 * <p>Changes are shares of the baseline. A number that does not apply, or is infinite, is null.
 */
public final class JsonReport {
  /** The version of the format. */
  public static final int VERSION = 1;

  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private JsonReport() {}

  /**
   * Renders a comparison.
   *
   * @param comparison the comparison
   * @param base names the baseline
   * @param candidate names the candidate
   * @return JSON, with a line break at the end
   */
  public static String of(Comparison comparison, String base, String candidate) {
    try {
      return MAPPER.writeValueAsString(tree(comparison, base, candidate)) + "\n";
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ObjectNode tree(Comparison comparison, String base, String candidate) {
    ObjectNode root = MAPPER.createObjectNode();
    root.put("format", "slate-compare").put("version", VERSION);
    root.put("base", base).put("candidate", candidate);
    ComparisonRules rules = comparison.rules();
    root.putObject("rules")
        .put("alpha", rules.alpha())
        .put("minEffect", rules.minEffect())
        .put("confidence", rules.confidence())
        .put("seed", rules.seed());
    comparison.notes().forEach(root.putArray("notes")::add);
    var rows = root.putArray("rows");
    comparison.rows().forEach(row -> row(rows.addObject(), row));
    ObjectNode verdicts = root.putObject("verdicts");
    for (Verdict verdict : Verdict.values()) {
      verdicts.put(verdict.toString(), comparison.count(verdict));
    }
    return root.put("exitCode", comparison.exitCode());
  }

  private static void row(ObjectNode node, ComparisonRow row) {
    KeyJson.write(node, row.key(), row.metric())
        .put("verdict", row.verdict().toString())
        .put("reason", row.reason());
    number(node, "base", row.base());
    number(node, "candidate", row.candidate());
    number(node, "change", row.change());
    number(node, "low", row.low());
    number(node, "high", row.high());
    number(node, "p", row.p());
    number(node, "adjustedP", row.adjustedP());
    number(node, "detectable", row.detectable());
    node.put("baseForks", row.baseForks())
        .put("candidateForks", row.candidateForks())
        .put("forksNeeded", row.forksNeeded());
    number(node, "noise", row.noise());
  }

  private static void number(ObjectNode node, String name, double value) {
    if (Double.isFinite(value)) {
      node.put(name, value);
    } else {
      node.putNull(name);
    }
  }
}
