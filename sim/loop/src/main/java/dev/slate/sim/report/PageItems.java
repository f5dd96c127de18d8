package dev.slate.sim.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slate.sim.ItemCatalog;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The items as the page shows them: distinct points with their numbers, and by name those that can
 * be pointed at. Of too many points an evenly spread part is shown.
 */
final class PageItems {
  private static final int POINTS = 3_000;
  private static final int SAMPLE = 1_500;
  private static final int NAMED = 4;

  private final ItemCatalog catalog;
  private final List<SelectorRun> runs;
  private final Pictures pictures;

  PageItems(ItemCatalog catalog, List<SelectorRun> runs, @Nullable Path images) {
    this.catalog = catalog;
    this.runs = runs;
    this.pictures = new Pictures(images);
  }

  void describe(ObjectNode data) {
    TreeSet<Integer> shown = new TreeSet<>();
    ArrayNode points = data.putArray("points");
    for (List<Integer> members : distinct()) {
      ObjectNode point = points.addObject();
      place(point, members.getFirst());
      point.put("count", members.size());
      ArrayNode named = point.putArray("items");
      for (int item : members.subList(0, Math.min(NAMED, members.size()))) {
        name(named.addObject(), item);
        shown.add(item);
      }
    }
    if (catalog.promoted() != ItemCatalog.NONE) {
      ObjectNode advertisement = data.putObject("advertisement");
      place(advertisement, catalog.promoted());
      name(advertisement, catalog.promoted());
      shown.add(catalog.promoted());
    }
    ObjectNode picked = data.putObject("picked");
    for (SelectorRun run : runs) {
      run.trajectories()
          .pickedItems()
          .forEach(
              item ->
                  picked
                      .putArray(Integer.toString(item))
                      .add(catalog.name(item))
                      .add(author(item)));
    }
    ObjectNode images = data.putObject("images");
    shown.forEach(
        item -> {
          String picture = pictures.of(catalog.name(item));
          if (picture != null) {
            images.put(Integer.toString(item), picture);
          }
        });
  }

  private List<List<Integer>> distinct() {
    Map<FloatBuffer, List<Integer>> points = new LinkedHashMap<>();
    for (int item = 0; item < catalog.size() && points.size() <= POINTS; item++) {
      float[] row = new float[catalog.dimensions()];
      catalog.read(item, row);
      points.computeIfAbsent(FloatBuffer.wrap(row), point -> new ArrayList<>()).add(item);
    }
    return points.size() <= POINTS ? List.copyOf(points.values()) : sample();
  }

  private List<List<Integer>> sample() {
    List<List<Integer>> sample = new ArrayList<>();
    int stride = Math.ceilDiv(catalog.size(), SAMPLE);
    for (int item = 0; item < catalog.size(); item += stride) {
      sample.add(List.of(item));
    }
    return sample;
  }

  private void place(ObjectNode node, int item) {
    float[] row = new float[catalog.dimensions()];
    catalog.read(item, row);
    ArrayNode at = node.putArray("at");
    for (float attribute : row) {
      at.add(attribute);
    }
  }

  private void name(ObjectNode node, int item) {
    node.put("id", item);
    node.put("name", catalog.name(item));
    node.put("author", author(item));
  }

  private String author(int item) {
    return catalog.authors().get(catalog.author(item));
  }
}
