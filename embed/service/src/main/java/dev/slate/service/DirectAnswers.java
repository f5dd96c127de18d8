package dev.slate.service;

import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.http.DirectHandlers;
import org.jspecify.annotations.Nullable;

/**
 * Answers, in JSON and counted, where the server refuses a request that no handler of {@link
 * Routes} sees, such as one that is no HTTP.
 */
final class DirectAnswers implements DirectHandler {
  private final Meters meters;

  private DirectAnswers(Meters meters) {
    this.meters = meters;
  }

  /** Handlers for all that can happen outside of a handler. */
  static DirectHandlers of(Meters meters) {
    DirectHandlers.Builder handlers = DirectHandlers.builder();
    for (EventType type : EventType.values()) {
      handlers.addHandler(type, new DirectAnswers(meters));
    }
    return handlers.build();
  }

  @Override
  public TransportResponse handle(
      TransportRequest request,
      EventType type,
      Status usual,
      ServerResponseHeaders headers,
      @Nullable String message) {
    // An error before there is a request: the connection has ended within the headers.
    boolean cutOff = type == EventType.INTERNAL_ERROR && request.method().isEmpty();
    // The server takes no body that is compressed: the only coding that it knows is Identity.
    boolean coded =
        type == EventType.BAD_REQUEST && request.headers().contains(HeaderNames.CONTENT_ENCODING);
    Status status = cutOff ? Status.BAD_REQUEST_400 : usual;
    String reason = status.reasonPhrase();
    if (coded) {
      status = Status.UNSUPPORTED_MEDIA_TYPE_415;
      reason = "send the body without Content-Encoding";
      headers.set(HeaderNames.ACCEPT_ENCODING, "identity");
    }
    String error = reason;
    // A client of HTTP/1.0 gets 505, and is no failure of the service.
    if (status.code() >= 500 && status.code() != Status.HTTP_VERSION_NOT_SUPPORTED_505.code()) {
      meters.failed();
    } else {
      meters.refused();
    }
    return TransportResponse.builder()
        .status(status)
        .headers(headers)
        .header(HeaderNames.CONTENT_TYPE, "application/json")
        .keepAlive(false)
        .entity(Json.object(to -> to.writeStringField("error", error)))
        .build();
  }
}
