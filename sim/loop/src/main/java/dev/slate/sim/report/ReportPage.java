package dev.slate.sim.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slate.data.OutputFile;
import dev.slate.sim.ItemCatalog;
import dev.slate.sim.audit.Audit;
import dev.slate.sim.metric.MetricRecorder;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Writes {@code report.html}: one page that needs nothing else. Its size does not grow with the
 * number of users or steps: 300 paths, 120 frames and 40 density maps at most, compressed, and
 * {@link MetricRecorder#READINGS} readings.
 */
public final class ReportPage {
  private static final ObjectMapper JSON = new ObjectMapper();

  private ReportPage() {}

  /**
   * Writes the page.
   *
   * @param catalog the items
   * @param settings the settings of the runs, as text
   * @param notes notes without which the numbers mislead
   * @param runs one or more of the same length and users
   * @param audit the result of the audit; null to leave it out
   * @param images a directory with pictures of items; null for none
   * @param userNames name of each user
   * @param path where to
   */
  public static void write(
      ItemCatalog catalog,
      Map<String, Object> settings,
      List<String> notes,
      List<SelectorRun> runs,
      @Nullable Audit audit,
      @Nullable Path images,
      IntFunction<String> userNames,
      Path path) {
    ObjectNode data = JSON.createObjectNode();
    data.set("settings", JSON.valueToTree(settings));
    data.set("notes", JSON.valueToTree(notes));
    data.set("attributes", JSON.valueToTree(catalog.attributes()));
    users(data.putObject("users"), runs.getFirst().trajectories(), userNames);
    float scale = runs.stream().map(run -> run.trajectories().reach()).reduce(1f, Math::max);
    data.put("scale", scale);
    ArrayNode list = data.putArray("runs");
    runs.forEach(run -> run(list.addObject(), catalog, run, scale));
    new PageItems(catalog, runs, images).describe(data);
    data.set("audit", audit == null ? null : SummaryFile.finite(JSON.valueToTree(audit)));
    write(data, path);
  }

  private static void users(
      ObjectNode users, TrajectoryRecorder trajectories, IntFunction<String> userNames) {
    users.put("count", trajectories.users());
    users.put("kept", trajectories.kept());
    ArrayNode names = users.putArray("names");
    for (int user = 0; user < trajectories.kept(); user++) {
      names.add(userNames.apply(user));
    }
  }

  private static void run(ObjectNode node, ItemCatalog catalog, SelectorRun run, float scale) {
    TrajectoryRecorder trajectories = run.trajectories();
    node.put("selector", run.selector());
    node.put("description", run.description());
    SummaryFile.describe(node, run.curves());
    if (!run.differences().isEmpty()) {
      SummaryFile.describe(node.putObject("difference"), run.differences());
    }
    SummaryFile.authors(node.putArray("authors"), catalog, run.exposure());
    node.set("frames", JSON.valueToTree(trajectories.frames()));
    node.put("paths", trajectories.paths(scale));
    node.put("picks", trajectories.picks());
    if (!trajectories.densitySteps().isEmpty()) {
      ObjectNode density = node.putObject("density");
      density.set("steps", JSON.valueToTree(trajectories.densitySteps()));
      density.put("cells", TrajectoryRecorder.CELLS);
      density.put("maps", trajectories.densities());
    }
  }

  private static void write(ObjectNode data, Path path) {
    try (OutputFile file = OutputFile.create(path.toString());
        OutputStream out = file.stream()) {
      String page =
          resource("report.html")
              .replace("/*STYLE*/", resource("report.css"))
              .replace("/*SCRIPT*/", resource("report.js"))
              .replace("/*DATA*/", embedded(data));
      out.write(page.getBytes(StandardCharsets.UTF_8));
      file.commit();
    } catch (IOException e) {
      throw OutputFile.unwritable(path.toString(), e);
    }
  }

  /** JSON that cannot end the element which holds it. */
  private static String embedded(ObjectNode data) throws JsonProcessingException {
    return JSON.writeValueAsString(data).replace("<", "\\u003c");
  }

  private static String resource(String name) {
    try (InputStream in = ReportPage.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("resource " + name + " is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
