package dev.slate.service;

import com.fasterxml.jackson.core.JsonParser;
import dev.slate.kernel.Query;
import dev.slate.kernel.Slate;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * {@code {"vector": [...] or "id": N, "k": 10, "allow": [ids], "deny": [ids], "atMost": m,
 * "deadlineMillis": t}}.
 */
final class SearchRequest {
  /** Items wanted, at most: an answer stays below a megabyte. */
  private static final int MOST_K = 10_000;

  private static final long MOST_MILLIS = 60_000;
  private static final int MOST_IDS = 10_000;

  private final ServedItems items;
  private float @Nullable [] vector;
  private @Nullable Long id;
  private long @Nullable [] allow;
  private long @Nullable [] deny;
  private int k = 10;
  private int most;
  private long deadlineNanos;

  private SearchRequest(ServedItems items) {
    this.items = items;
  }

  /**
   * Reads a request.
   *
   * @param items those to be searched
   * @throws BadRequest if it is not one
   */
  static SearchRequest read(byte[] body, ServedItems items) {
    SearchRequest request = new SearchRequest(items);
    Json.object(body, 0, body.length, request::field);
    if ((request.vector == null) == (request.id == null)) {
      throw new BadRequest("either vector or id is expected");
    }
    return request;
  }

  private void field(String name, JsonParser value) throws IOException {
    switch (name) {
      case "vector" -> vector = Json.floats(name, value, items.dimensions());
      case "id" -> id = Json.id(name, value);
      case "k" -> k = checked(name, Json.id(name, value));
      case "allow" -> allow = Json.ids(name, value, MOST_IDS);
      case "deny" -> deny = Json.ids(name, value, MOST_IDS);
      case "atMost" -> most = most(Json.id(name, value));
      case "deadlineMillis" -> deadlineNanos = nanos(Json.id(name, value));
      default -> throw new BadRequest(name + ": is not a field of a search");
    }
  }

  private static long nanos(long millis) {
    if (millis < 1 || millis > MOST_MILLIS) {
      throw new BadRequest("deadlineMillis: must be from 1 to " + MOST_MILLIS);
    }
    return millis * 1_000_000;
  }

  private int most(long most) {
    if (!items.live()) {
      throw new BadRequest(
          "atMost: the items were read from a file: only those of a live index have groups");
    }
    return checked("atMost", most);
  }

  private static int checked(String name, long number) {
    if (number < 1 || number > MOST_K) {
      throw new BadRequest(name + ": must be from 1 to " + MOST_K);
    }
    return (int) number;
  }

  /**
   * Searches. A {@link Slate} and a {@link Query} for each request are small and die young; the
   * scratch of the search itself is pooled by the items.
   *
   * @throws BadRequest if there is no item of the id, or the vector does not fit
   */
  Slate answer() {
    float[] target = vector;
    if (target == null) {
      target = new float[items.dimensions()];
      if (id != null && !items.copyRow(id, target)) {
        throw new BadRequest(404, "id: there is no item " + id);
      }
    }
    Slate slate = new Slate(k);
    Query query = Query.of(target).allowIds(allow).denyIds(deny).deadline(deadlineNanos);
    if (most > 0) {
      query.atMost(most);
    }
    try {
      items.search(query, slate);
    } catch (IllegalArgumentException e) {
      throw new BadRequest(String.valueOf(e.getMessage()));
    }
    return slate;
  }
}
