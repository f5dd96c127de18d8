package dev.slate.service;

import dev.slate.kernel.LiveIndex;
import dev.slate.kernel.Slate;
import io.helidon.webserver.WebServer;
import java.time.Duration;
import java.util.Random;

/**
 * A live index behind HTTP. Starts listening at once, warms itself up, and is ready then; {@link
 * #close} lets requests that have begun end, and closes the index last, so that no write that was
 * acknowledged is lost.
 */
public final class Service implements AutoCloseable {
  private static final Duration WARM_UP = Duration.ofSeconds(1);
  private static final Duration SLOW = Duration.ofSeconds(10);

  /** Bytes of a batch, at most; it is read as a stream. */
  private static final long BODY_BYTES = 1L << 30;

  private static final int CONNECTIONS = 8_192;

  private final LiveIndex index;
  private final WebServer server;
  private volatile boolean warm;

  /**
   * Starts a service.
   *
   * @param index the index that it serves; closed with it
   * @param readOnly whether writes are refused
   * @param host the address to listen at
   * @param port the port; 0 for any that is free
   */
  public Service(LiveIndex index, boolean readOnly, String host, int port) {
    this.index = index;
    this.server =
        WebServer.builder()
            .host(host)
            .port(port)
            .maxPayloadSize(BODY_BYTES)
            .maxTcpConnections(CONNECTIONS)
            .idleConnectionTimeout(Duration.ofMinutes(1))
            .connectionOptions(socket -> socket.readTimeout(SLOW))
            .shutdownHook(false)
            .routing(routing -> routing.register(new Routes(index, readOnly, () -> warm)))
            .build()
            .start();
  }

  /** Searches until the JVM has compiled the way of a search; then the service is ready. */
  public void warmUp() {
    Random r = new Random(1);
    float[] query = new float[index.dimensions()];
    Slate slate = new Slate(10);
    long start = System.nanoTime();
    while (System.nanoTime() - start < WARM_UP.toNanos()) {
      for (int j = 0; j < query.length; j++) {
        query[j] = r.nextFloat() * 2 - 1;
      }
      index.search(query, slate);
    }
    warm = true;
  }

  /**
   * The port that it listens at.
   *
   * @return the one that was asked for, or the one that was free
   */
  public int port() {
    return server.port();
  }

  @Override
  public void close() {
    warm = false;
    server.stop();
    index.close();
  }
}
