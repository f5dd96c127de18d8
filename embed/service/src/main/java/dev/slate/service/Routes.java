package dev.slate.service;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.slate.kernel.LiveBatch;
import dev.slate.kernel.LiveIndex;
import dev.slate.kernel.Query;
import dev.slate.kernel.Slate;
import io.helidon.common.buffers.DataReader;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.HttpException;
import io.helidon.http.RequestException;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ServerConnectionException;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The handlers of requests. Each request runs on a virtual thread of its own, so a handler may
 * block: a write waits for the disk, and so does a search that reads an index on demand.
 */
final class Routes implements HttpService {
  private static final int SEARCH_BYTES = 1 << 20;
  private static final int LINE_BYTES = 1 << 20;

  /** Lines of a batch that become visible, and durable, together, at most. */
  private static final int LINES_AT_ONCE = 1_000;

  /** Bytes of the attributes of these lines, at most. */
  private static final int BYTES_AT_ONCE = 1 << 24;

  /** Methods, as the header Allow lists them. */
  private static final String READS = "GET, HEAD";

  private static final String NOTHING = "";

  private static final String READ_ONLY =
      "the items were read from a file: only a live index takes writes";

  private static final System.Logger LOG = System.getLogger("dev.slate.service");

  private final ServedItems items;
  private final @Nullable LiveIndex live;
  private final Meters meters;
  private final BooleanSupplier ready;
  private final ReadTime readTime;

  /**
   * Answers from items.
   *
   * @param live takes writes; null where there are none
   * @param readTime for which a client may send the body of a request, or the next line of a batch;
   *     and for which a body is read on after an answer that did not need it
   */
  Routes(
      ServedItems items,
      @Nullable LiveIndex live,
      Meters meters,
      BooleanSupplier ready,
      ReadTime readTime) {
    this.items = items;
    this.live = live;
    this.meters = meters;
    this.ready = ready;
    this.readTime = readTime;
  }

  @Override
  public void routing(HttpRules rules) {
    rules.post("/search", (req, res) -> answer(req, res, this::search));
    reads(rules, "/items/{id}", this::get);
    rules
        .put("/items/{id}", (req, res) -> answer(req, res, this::put))
        .delete("/items/{id}", (req, res) -> answer(req, res, this::delete))
        .post("/items", (req, res) -> answer(req, res, this::batch));
    reads(rules, "/health", this::health);
    reads(rules, "/metrics", this::metrics);
    reads(rules, "/openapi.yaml", this::openApi);
    others(rules, "/search", "POST");
    others(rules, "/items/{id}", live == null ? READS : "DELETE, GET, HEAD, PUT");
    others(rules, "/items", live == null ? NOTHING : "POST");
    others(rules, "/health", READS);
    others(rules, "/metrics", READS);
    others(rules, "/openapi.yaml", READS);
    rules.any((req, res) -> answer(req, res, this::nothing));
  }

  private void reads(HttpRules rules, String path, Handler handler) {
    rules.get(path, (req, res) -> answer(req, res, handler));
    rules.head(path, (req, res) -> answer(req, res, handler)); // the server leaves out the body
  }

  /** Refuses the methods of a path that have no handler. */
  private void others(HttpRules rules, String path, String allowed) {
    rules.any(
        path,
        (req, res) ->
            answer(
                req,
                res,
                (request, body, response) -> {
                  String method = request.prologue().method().text();
                  throw notAllowed(
                      response,
                      allowed,
                      allowed.equals(NOTHING)
                          ? READ_ONLY
                          : request.path().path() + " takes " + allowed + ", not " + method);
                }));
  }

  /** A refusal of 405, which has to list the methods that the path takes. */
  private static BadRequest notAllowed(ServerResponse response, String allowed, String reason) {
    response.header(HeaderNames.ALLOW, allowed);
    return new BadRequest(405, reason);
  }

  @FunctionalInterface
  private interface Handler {
    void handle(ServerRequest request, Body body, ServerResponse response) throws IOException;
  }

  private void answer(ServerRequest request, ServerResponse response, Handler handler) {
    Body body = new Body(request, readTime);
    try {
      handler.handle(request, body, response);
    } catch (BadRequest e) {
      meters.refused();
      error(response, e.status(), String.valueOf(e.getMessage()));
    } catch (DataReader.InsufficientDataAvailableException e) {
      // The client is gone: nobody reads an answer, and it is no error of the server.
      meters.refused();
      throw new CloseConnectionException("the body is incomplete", e);
    } catch (ServerConnectionException e) { // gone too, or silent for too long
      meters.refused();
      throw e;
    } catch (CloseConnectionException | RequestException | HttpException e) {
      throw e; // DirectAnswers has the answer
    } catch (UncheckedIOException e) {
      failed(response, e.getCause());
    } catch (IOException e) {
      failed(response, e);
    } catch (IllegalStateException e) {
      meters.failed();
      error(response, 503, String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.WARNING, "a request failed", e);
      meters.failed();
      error(response, 500, "the service failed: its log says why");
    }
    if (!body.drain()) {
      throw new CloseConnectionException("the rest of the body did not come in time");
    }
    if (request.headers().containsToken(HeaderValues.CONNECTION_CLOSE)) {
      // The server repeats the header in its answer, but leaves the connection open.
      throw new CloseConnectionException("the client wants no further answer");
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

  private void search(ServerRequest request, Body body, ServerResponse response)
      throws IOException {
    SearchRequest search = SearchRequest.read(body.read(SEARCH_BYTES), items);
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
                score(slate.score(i), to);
                to.writeEndObject();
              }
              to.writeEndArray();
              to.writeBooleanField("complete", slate.complete());
            }));
  }

  private void get(ServerRequest request, Body body, ServerResponse response) {
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

  /** JSON has no number for a score that has overflown. */
  private static void score(float score, JsonGenerator to) throws IOException {
    if (Float.isFinite(score)) {
      to.writeNumberField("score", score);
    } else {
      to.writeNullField("score");
    }
  }

  private void put(ServerRequest request, Body body, ServerResponse response) throws IOException {
    LiveIndex index = writable(response, READS);
    byte[] item = body.read(LINE_BYTES);
    LiveBatch batch = new LiveBatch(index.dimensions());
    ItemRequest.read(item, 0, item.length, id(request), index.biased(), batch);
    apply(batch, index);
    response.status(Status.NO_CONTENT_204).send();
  }

  private void delete(ServerRequest request, Body body, ServerResponse response) {
    LiveIndex index = writable(response, READS);
    long id = id(request);
    if (!index.delete(id)) {
      throw new BadRequest(404, "there is no item " + id);
    }
    response.status(Status.NO_CONTENT_204).send();
  }

  /** A line of JSON for each write, applied in parts; those before a bad line are applied. */
  private void batch(ServerRequest request, Body body, ServerResponse response) throws IOException {
    LiveIndex index = writable(response, NOTHING);
    LiveBatch batch = new LiveBatch(index.dimensions());
    int most = Math.clamp(BYTES_AT_ONCE / (4 * index.dimensions()), 1, LINES_AT_ONCE);
    Lines lines = new Lines(body.stream(), LINE_BYTES);
    long applied = 0;
    try {
      while (lines.next()) {
        if (!lines.blank()) {
          line(lines, index, batch);
          applied++;
          if (batch.size() == most) {
            apply(batch, index);
          }
          body.restart();
        }
      }
    } catch (BadRequest e) {
      apply(batch, index);
      throw e;
    }
    apply(batch, index);
    long total = applied;
    json(response, Json.object(to -> to.writeNumberField("applied", total)));
  }

  private static void line(Lines from, LiveIndex index, LiveBatch to) {
    try {
      ItemRequest.read(from.bytes(), from.start(), from.length(), null, index.biased(), to);
    } catch (BadRequest e) {
      throw new BadRequest("line " + from.number() + ": " + e.getMessage());
    }
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

  private void health(ServerRequest request, Body body, ServerResponse response) {
    boolean warm = ready.getAsBoolean();
    response.status(warm ? Status.OK_200 : Status.SERVICE_UNAVAILABLE_503);
    json(response, Json.object(to -> to.writeStringField("status", warm ? "ready" : "warming")));
  }

  private void metrics(ServerRequest request, Body body, ServerResponse response) {
    response.header(HeaderNames.CONTENT_TYPE, "text/plain; version=0.0.4");
    response.send(meters.text());
  }

  private void openApi(ServerRequest request, Body body, ServerResponse response)
      throws IOException {
    try (InputStream in = Routes.class.getResourceAsStream("openapi.yaml")) {
      if (in == null) {
        throw new IOException("openapi.yaml is missing");
      }
      response.header(HeaderNames.CONTENT_TYPE, "application/yaml");
      response.send(in.readAllBytes());
    }
  }

  private void nothing(ServerRequest request, Body body, ServerResponse response) {
    throw new BadRequest(404, "there is no such request: see /openapi.yaml");
  }

  private LiveIndex writable(ServerResponse response, String readable) {
    if (live == null) {
      throw notAllowed(response, readable, READ_ONLY);
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
}
