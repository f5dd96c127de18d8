package dev.slate.service;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.slate.kernel.LiveBatch;
import dev.slate.kernel.LiveIndex;
import dev.slate.kernel.Query;
import dev.slate.kernel.Slate;
import io.helidon.common.buffers.DataReader;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The handlers of requests. Each request runs on a virtual thread of its own, so a handler may
 * block: a write waits for the disk, and so does a search that reads an index on demand.
 */
final class Routes implements HttpService {
  private static final int SEARCH_BYTES = 1 << 20;
  private static final int LINE_BYTES = 1 << 20;

  /** Of a usual request; longer ones are read all the same. */
  private static final int USUAL_BODY = 1 << 10;

  /** Writes of a batch that become visible, and durable, together. */
  private static final int LINES_AT_ONCE = 1_000;

  private final ServedItems items;
  private final @Nullable LiveIndex live;
  private final Meters meters;
  private final BooleanSupplier ready;
  private final Duration bodyTime;

  /**
   * Answers from items.
   *
   * @param live takes writes; null where there are none
   * @param bodyTime for which a client may send the body of a request, but for batches
   */
  Routes(
      ServedItems items,
      @Nullable LiveIndex live,
      Meters meters,
      BooleanSupplier ready,
      Duration bodyTime) {
    this.items = items;
    this.live = live;
    this.meters = meters;
    this.ready = ready;
    this.bodyTime = bodyTime;
  }

  @Override
  public void routing(HttpRules rules) {
    rules
        .post("/search", (req, res) -> answer(req, res, this::search))
        .get("/items/{id}", (req, res) -> answer(req, res, this::get))
        .put("/items/{id}", (req, res) -> answer(req, res, this::put))
        .delete("/items/{id}", (req, res) -> answer(req, res, this::delete))
        .post("/items", (req, res) -> answer(req, res, this::batch))
        .get("/health", (req, res) -> answer(req, res, this::health))
        .get("/metrics", (req, res) -> answer(req, res, this::metrics))
        .get("/openapi.yaml", (req, res) -> answer(req, res, this::openApi));
  }

  @FunctionalInterface
  private interface Handler {
    void handle(ServerRequest request, ServerResponse response) throws IOException;
  }

  private void answer(ServerRequest request, ServerResponse response, Handler handler) {
    try {
      handler.handle(request, response);
    } catch (BadRequest e) {
      meters.refused();
      error(response, e.status(), String.valueOf(e.getMessage()));
    } catch (DataReader.InsufficientDataAvailableException e) {
      // The client is gone: nobody reads an answer, and it is no error of the server.
      meters.refused();
      throw new CloseConnectionException("the body is incomplete", e);
    } catch (UncheckedIOException e) {
      failed(response, e.getCause());
    } catch (IOException e) {
      failed(response, e);
    } catch (IllegalStateException e) {
      meters.failed();
      error(response, 503, String.valueOf(e.getMessage()));
    }
  }

  /** Answers 503 where the disk fails. A write was not acknowledged; other requests go on. */
  private void failed(ServerResponse response, @Nullable IOException e) {
    meters.failed();
    error(response, 503, e == null ? "the disk refuses" : String.valueOf(e.getMessage()));
  }

  private static void error(ServerResponse response, int status, String reason) {
    response.status(Status.create(status));
    json(response, Json.object(to -> to.writeStringField("error", reason)));
  }

  private static void json(ServerResponse response, byte[] body) {
    response.header(HeaderNames.CONTENT_TYPE, "application/json");
    response.send(body);
  }

  private void search(ServerRequest request, ServerResponse response) throws IOException {
    SearchRequest search = SearchRequest.read(body(request, SEARCH_BYTES), items);
    long start = System.nanoTime();
    Slate slate = search.answer();
    meters.searched(System.nanoTime() - start);
    json(
        response,
        Json.object(
            to -> {
              to.writeArrayFieldStart("items");
              for (int i = 0; i < slate.size(); i++) {
                to.writeStartObject();
                to.writeNumberField("id", slate.id(i));
                name(items.name(slate, i), to);
                to.writeNumberField("score", slate.score(i));
                to.writeEndObject();
              }
              to.writeEndArray();
              to.writeBooleanField("complete", slate.complete());
            }));
  }

  private void get(ServerRequest request, ServerResponse response) {
    long id = id(request);
    ServedItem item = items.item(id);
    if (item == null) {
      throw new BadRequest(404, "there is no item " + id);
    }
    json(
        response,
        Json.object(
            to -> {
              to.writeNumberField("id", id);
              name(item.name(), to);
              to.writeArrayFieldStart("vector");
              for (float x : item.row()) {
                to.writeNumber(x);
              }
              to.writeEndArray();
              if (item.bias() != 0) {
                to.writeNumberField("bias", item.bias());
              }
              if (item.group() != Query.NO_GROUP) {
                to.writeNumberField("group", item.group());
              }
            }));
  }

  private static void name(@Nullable String name, JsonGenerator to) throws IOException {
    if (name != null) {
      to.writeStringField("name", name);
    }
  }

  private void put(ServerRequest request, ServerResponse response) throws IOException {
    LiveIndex index = writable();
    byte[] body = body(request, LINE_BYTES);
    LiveBatch batch = new LiveBatch(index.dimensions());
    ItemRequest.read(body, 0, body.length, id(request), batch);
    apply(batch, index);
    response.status(Status.NO_CONTENT_204).send();
  }

  private void delete(ServerRequest request, ServerResponse response) {
    LiveIndex index = writable();
    long id = id(request);
    if (!index.delete(id)) {
      throw new BadRequest(404, "there is no item " + id);
    }
    response.status(Status.NO_CONTENT_204).send();
  }

  /** A line of JSON for each write, applied in parts: those before a bad line may be applied. */
  private void batch(ServerRequest request, ServerResponse response) throws IOException {
    LiveIndex index = writable();
    LiveBatch batch = new LiveBatch(index.dimensions());
    long lines = 0;
    try (InputStream in = request.content().inputStream()) {
      Lines from = new Lines(in, LINE_BYTES);
      while (from.next()) {
        if (from.length() > 0) {
          try {
            ItemRequest.read(from.bytes(), from.start(), from.length(), null, batch);
          } catch (BadRequest e) {
            apply(batch, index);
            throw new BadRequest("line " + from.number() + ": " + e.getMessage());
          }
          lines++;
        }
        if (batch.size() == LINES_AT_ONCE) {
          apply(batch, index);
        }
      }
    }
    apply(batch, index);
    long applied = lines;
    json(response, Json.object(to -> to.writeNumberField("applied", applied)));
  }

  private static void apply(LiveBatch batch, LiveIndex index) {
    if (batch.size() > 0) {
      try {
        index.apply(batch);
      } catch (IllegalArgumentException e) {
        throw new BadRequest(String.valueOf(e.getMessage()));
      }
      batch.clear();
    }
  }

  private void health(ServerRequest request, ServerResponse response) {
    boolean warm = ready.getAsBoolean();
    response.status(warm ? Status.OK_200 : Status.SERVICE_UNAVAILABLE_503);
    json(response, Json.object(to -> to.writeStringField("status", warm ? "ready" : "warming")));
  }

  private void metrics(ServerRequest request, ServerResponse response) {
    response.header(HeaderNames.CONTENT_TYPE, "text/plain; version=0.0.4");
    response.send(meters.text());
  }

  private void openApi(ServerRequest request, ServerResponse response) throws IOException {
    try (InputStream in = Routes.class.getResourceAsStream("openapi.yaml")) {
      if (in == null) {
        throw new IOException("openapi.yaml is missing");
      }
      response.header(HeaderNames.CONTENT_TYPE, "application/yaml");
      response.send(in.readAllBytes());
    }
  }

  private LiveIndex writable() {
    if (live == null) {
      throw new BadRequest(405, "items were read from a file: start with --live to write");
    }
    return live;
  }

  private static long id(ServerRequest request) {
    String id = request.path().pathParameters().get("id");
    try {
      return Long.parseLong(id);
    } catch (NumberFormatException e) {
      throw new BadRequest("id: is not a whole number");
    }
  }

  private byte[] body(ServerRequest request, int most) throws IOException {
    if (!request.content().hasEntity()) {
      throw new BadRequest("a body is expected");
    }
    long start = System.nanoTime();
    byte[] body = new byte[USUAL_BODY];
    int size = 0;
    try (InputStream in = request.content().inputStream()) {
      while (true) {
        int read = in.read(body, size, body.length - size);
        if (read < 0) {
          return Arrays.copyOf(body, size);
        }
        size += read;
        if (size > most) {
          throw new BadRequest(413, "the body is longer than " + most + " bytes");
        }
        if (System.nanoTime() - start > bodyTime.toNanos()) {
          throw new BadRequest(408, "the body took longer than " + bodyTime.toMillis() + " ms");
        }
        if (size == body.length) {
          body = Arrays.copyOf(body, Math.min(2 * size, most + 1));
        }
      }
    }
  }

  /** Lines of a stream, of limited length. */
  private static final class Lines {
    private final InputStream in;
    private byte[] buffer = new byte[1 << 14];
    private final int most;
    private int start;
    private int end;
    private int filled;
    private int next;
    private long number;

    Lines(InputStream in, int most) {
      this.in = in;
      this.most = most;
    }

    byte[] bytes() {
      return buffer;
    }

    int start() {
      return start;
    }

    int length() {
      return end - start;
    }

    /** Number of the line, from 1. */
    long number() {
      return number;
    }

    boolean next() throws IOException {
      start = next;
      int at = start;
      while (true) {
        while (at < filled && buffer[at] != '\n') {
          at++;
        }
        if (at < filled) {
          end = at;
          next = at + 1;
          number++;
          return true;
        }
        if (filled - start > most) {
          throw new BadRequest(413, "line " + (number + 1) + ": is longer than " + most + " bytes");
        }
        if (start > 0) {
          at -= start;
          System.arraycopy(buffer, start, buffer, 0, filled - start);
          filled -= start;
          start = 0;
        }
        if (filled == buffer.length) {
          buffer = Arrays.copyOf(buffer, 2 * filled);
        }
        int read = in.read(buffer, filled, buffer.length - filled);
        if (read < 0) {
          end = filled;
          next = filled;
          number++;
          return filled > 0;
        }
        filled += read;
      }
    }
  }
}
