package dev.slate.sim.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slate.data.OutputFile;
import dev.slate.sim.ItemCatalog;
import dev.slate.sim.audit.AuthorExposure;
import dev.slate.sim.metric.MetricSeries;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Writes {@code summary.json}. Holds nothing that differs between two runs of the same seed. */
public final class SummaryFile {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private SummaryFile() {}

  /**
   * The settings and notes, then each selector's curves: {@code runs[].metrics.NAME.{title, mean,
   * low, high}}, a number for each step of {@code runs[].measured}.
   */
  public static ObjectNode of(
      ItemCatalog catalog,
      Map<String, Object> settings,
      List<String> notes,
      List<SelectorRun> runs) {
    ObjectNode root = JSON.valueToTree(settings);
    root.set("notes", JSON.valueToTree(notes));
    ArrayNode list = root.putArray("runs");
    for (SelectorRun run : runs) {
      ObjectNode node = list.addObject();
      node.put("selector", run.selector());
      int[] measured = run.curves().getFirst().steps();
      node.put("steps", measured[measured.length - 1]);
      ObjectNode last = node.putObject("final");
      run.curves().forEach(curve -> last.set(curve.metric().name(), number(curve.last())));
      describe(node, run.curves());
      if (!run.differences().isEmpty()) {
        describe(node.putObject("difference_from_first"), run.differences());
      }
      authors(node.putArray("authors"), catalog, run.exposure());
    }
    return root;
  }

  /** Shares of impressions and picks of each author who was shown. */
  static void authors(ArrayNode list, ItemCatalog catalog, AuthorExposure exposure) {
    double shown = exposure.impressions();
    double picked = exposure.picks();
    for (int author = 0; author < catalog.authors().size(); author++) {
      if (exposure.impressions(author) > 0) {
        ObjectNode node = list.addObject();
        node.put("author", catalog.authors().get(author));
        node.put("impressions", exposure.impressions(author) / shown);
        node.set("picks", number(exposure.picks(author) / picked));
      }
    }
  }

  /**
   * Puts curves by name, as {@code {title, explanation, mean, low, high, replications}}, and the
   * steps of them all; what is not a number is null.
   */
  static void describe(ObjectNode run, List<MetricSeries> curves) {
    run.set("measured", JSON.valueToTree(curves.getFirst().steps()));
    ObjectNode metrics = run.putObject("metrics");
    for (MetricSeries curve : curves) {
      ObjectNode metric = metrics.putObject(curve.metric().name());
      metric.put("title", curve.metric().title());
      metric.put("explanation", curve.metric().explanation());
      numbers(metric.putArray("mean"), curve.mean());
      if (Arrays.stream(curve.count()).anyMatch(count -> count < curve.replications())) {
        metric.set("replications", JSON.valueToTree(curve.count()));
      }
      if (curve.known()) {
        numbers(metric.putArray("low"), curve.low());
        numbers(metric.putArray("high"), curve.high());
      }
    }
  }

  /** The same tree with null for numbers that JSON does not have. */
  static JsonNode finite(JsonNode tree) {
    if (tree instanceof ObjectNode object) {
      object.properties().forEach(entry -> entry.setValue(finite(entry.getValue())));
    } else if (tree instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        array.set(i, finite(array.get(i)));
      }
    } else if (tree.isDouble() && !Double.isFinite(tree.doubleValue())) {
      return JsonNodeFactory.instance.nullNode();
    }
    return tree;
  }

  private static void numbers(ArrayNode array, double[] values) {
    for (double value : values) {
      array.add(number(value));
    }
  }

  private static JsonNode number(double value) {
    JsonNodeFactory nodes = JsonNodeFactory.instance;
    return Double.isFinite(value) ? nodes.numberNode(value) : nodes.nullNode();
  }

  /** Writes a tree as indented JSON. */
  public static void write(Object tree, Path path) {
    try (OutputFile file = OutputFile.create(path.toString());
        OutputStream out = file.stream()) {
      out.write(JSON.writeValueAsBytes(finite(JSON.valueToTree(tree))));
      out.write('\n');
      file.commit();
    } catch (IOException e) {
      throw OutputFile.unwritable(path.toString(), e);
    }
  }
}
