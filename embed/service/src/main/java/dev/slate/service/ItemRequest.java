package dev.slate.service;

import com.fasterxml.jackson.core.JsonParser;
import dev.slate.kernel.LiveBatch;
import dev.slate.kernel.Query;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * {@code {"vector": [...], "bias": b, "group": g}}, and in a batch {@code "id": N} or {@code
 * "delete": N} too.
 */
final class ItemRequest {
  private final int dimensions;
  private final boolean biased;
  private float @Nullable [] vector;
  private float bias;
  private int group = Query.NO_GROUP;
  private @Nullable Long id;
  private @Nullable Long delete;

  private ItemRequest(int dimensions, boolean biased) {
    this.dimensions = dimensions;
    this.biased = biased;
  }

  /**
   * Reads an item into a batch.
   *
   * @param id its id; null where the JSON says it
   * @param biased whether items may have a bias
   * @throws BadRequest if that is not what stands there
   */
  static void read(
      byte[] body, int from, int length, @Nullable Long id, boolean biased, LiveBatch to) {
    ItemRequest item = new ItemRequest(to.dimensions(), biased);
    Json.object(body, from, length, item::field);
    item.addTo(to, id);
  }

  private void addTo(LiveBatch to, @Nullable Long path) {
    if (path == null && delete != null && id == null && vector == null) {
      to.delete(delete);
      return;
    }
    upsert(path == null ? idOfALine() : idOf(path), to);
  }

  private long idOf(long path) {
    if (id != null) {
      throw new BadRequest("id: stands in the path already");
    }
    if (delete != null) {
      throw new BadRequest("delete: is for lines of a batch; DELETE /items/" + path + " deletes");
    }
    return path;
  }

  private long idOfALine() {
    if (id == null || delete != null) {
      throw new BadRequest("either id and vector or delete are expected");
    }
    return id;
  }

  private void upsert(long item, LiveBatch to) {
    if (vector == null) {
      throw new BadRequest("vector: missing");
    }
    if (bias != 0 && !biased) {
      throw new BadRequest("bias: items have one only where the metric is DOT");
    }
    try {
      to.upsert(item, vector, bias, group);
    } catch (IllegalArgumentException e) {
      throw new BadRequest(String.valueOf(e.getMessage()));
    }
  }

  private static int group(long group) {
    if (group != (int) group || group == Query.NO_GROUP) {
      throw new BadRequest("group: must be from -2147483647 to 2147483647");
    }
    return (int) group;
  }

  private void field(String name, JsonParser value) throws IOException {
    switch (name) {
      case "vector" -> vector = Json.floats(name, value, dimensions);
      case "bias" -> bias = Json.number(name, value);
      case "group" -> group = group(Json.id(name, value));
      case "id" -> id = Json.id(name, value);
      case "delete" -> delete = Json.id(name, value);
      default -> throw new BadRequest(name + ": is not a field of an item");
    }
  }
}
