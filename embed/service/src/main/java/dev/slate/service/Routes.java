package dev.slate.service;

import dev.slate.kernel.LiveBatch;
import dev.slate.kernel.LiveIndex;
import dev.slate.kernel.LiveItem;
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
import java.util.Arrays;
import java.util.function.BooleanSupplier;

/**
 * What the service answers. Each request runs on a virtual thread of its own, so a handler is a
 * plain call: searches do not block, and writes wait for the disk on a thread that costs nothing.
 */
final class Routes implements HttpService {
  private static final int SEARCH_BYTES = 1 << 20;
  private static final int LINE_BYTES = 1 << 20;

  /** Writes of a batch that become visible, and durable, together. */
  private static final int LINES_AT_ONCE = 1_000;

  private final LiveIndex index;
  private final boolean readOnly;
  private final BooleanSupplier ready;
  private final Meters meters = new Meters();

  Routes(LiveIndex index, boolean readOnly, BooleanSupplier ready) {
    this.index = index;
    this.readOnly = readOnly;
    this.ready = ready;
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
    } catch (IOException | UncheckedIOException e) {
      // The disk: nothing was acknowledged, and searches go on.
      meters.failed();
      error(response, 503, String.valueOf(e.getMessage()));
    } catch (IllegalStateException e) {
      meters.failed();
      error(response, 503, "the service is stopping");
    }
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
    SearchRequest search = SearchRequest.read(body(request, SEARCH_BYTES), index, !readOnly);
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
                to.writeNumberField("score", slate.score(i));
                to.writeEndObject();
              }
              to.writeEndArray();
              to.writeBooleanField("complete", slate.complete());
            }));
  }

  private void get(ServerRequest request, ServerResponse response) {
    long id = id(request);
    LiveItem item = index.item(id);
    if (item == null) {
      throw new BadRequest(404, "there is no item " + id);
    }
    json(
        response,
        Json.object(
            to -> {
              to.writeNumberField("id", id);
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

  private void put(ServerRequest request, ServerResponse response) throws IOException {
    requireWritable();
    byte[] body = body(request, LINE_BYTES);
    LiveBatch batch = new LiveBatch(index.dimensions());
    ItemRequest.read(body, 0, body.length, id(request), batch);
    apply(batch);
    response.status(Status.NO_CONTENT_204).send();
  }

  private void delete(ServerRequest request, ServerResponse response) {
    requireWritable();
    long id = id(request);
    if (!index.delete(id)) {
      throw new BadRequest(404, "there is no item " + id);
    }
    meters.wrote(1);
    response.status(Status.NO_CONTENT_204).send();
  }

  /** A line of JSON for each write, applied in parts; what a bad line follows has been applied. */
  private void batch(ServerRequest request, ServerResponse response) throws IOException {
    requireWritable();
    LiveBatch batch = new LiveBatch(index.dimensions());
    long lines = 0;
    try (InputStream in = request.content().inputStream()) {
      Lines from = new Lines(in, LINE_BYTES);
      while (from.next()) {
        if (from.length() > 0) {
          try {
            ItemRequest.read(from.bytes(), from.start(), from.length(), null, batch);
          } catch (BadRequest e) {
            apply(batch);
            throw new BadRequest("line " + from.number() + ": " + e.getMessage());
          }
          lines++;
        }
        if (batch.size() == LINES_AT_ONCE) {
          apply(batch);
        }
      }
    }
    apply(batch);
    long applied = lines;
    json(response, Json.object(to -> to.writeNumberField("applied", applied)));
  }

  private void apply(LiveBatch batch) {
    if (batch.size() > 0) {
      try {
        index.apply(batch);
      } catch (IllegalArgumentException e) {
        throw new BadRequest(String.valueOf(e.getMessage()));
      }
      meters.wrote(batch.size());
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
    response.send(meters.text(index));
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

  private void requireWritable() {
    if (readOnly) {
      throw new BadRequest(405, "items were read from a file: start with --live to write");
    }
  }

  private static long id(ServerRequest request) {
    String id = request.path().pathParameters().get("id");
    try {
      return Long.parseLong(id);
    } catch (NumberFormatException e) {
      throw new BadRequest("id: is not a whole number");
    }
  }

  private static byte[] body(ServerRequest request, int most) throws IOException {
    if (!request.content().hasEntity()) {
      throw new BadRequest("a body is expected");
    }
    try (InputStream in = request.content().inputStream()) {
      byte[] body = in.readNBytes(most + 1);
      if (body.length > most) {
        throw new BadRequest(413, "the body is longer than " + most + " bytes");
      }
      return body;
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
    private long number = -1;

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

    /** Number of the line, from 0. */
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
        at -= start;
        System.arraycopy(buffer, start, buffer, 0, filled - start);
        filled -= start;
        start = 0;
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
