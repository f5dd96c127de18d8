package dev.slate.service;

import dev.slate.kernel.Index;
import dev.slate.kernel.LiveIndex;
import dev.slate.kernel.Query;
import dev.slate.kernel.Slate;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http1.Http1Config;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * An index behind HTTP. Starts listening at once, warms itself up, and is ready then; {@link
 * #close} waits up to 20 seconds for the requests that have begun, and closes the index last, so
 * that no write that was acknowledged is lost.
 */
public final class Service implements AutoCloseable {
  private static final Duration WARM_UP = Duration.ofSeconds(1);

  /**
   * Until the headers of a request are there, and then its body, so that neither silence nor a byte
   * now and then holds a connection.
   */
  private static final Duration BODY_TIME = Duration.ofSeconds(30);

  /**
   * For the requests that have begun when the service stops. Chosen: Kubernetes kills a process 30
   * seconds after SIGTERM, and the index is closed behind them.
   */
  private static final Duration GRACE = Duration.ofSeconds(20);

  /** Bytes of a batch, at most; it is read as a stream. */
  private static final long LARGEST_BATCH = 1L << 30;

  private static final int CONNECTIONS = 8_192;

  private final ServedItems items;
  private final ReadTime readTime;
  private final WebServer server;
  private volatile boolean warm;

  /**
   * Starts a service of items that come and go.
   *
   * @param index the index that it serves; closed with it
   * @param meters whose listener the index was built with
   * @param host the address to listen at
   * @param port the port; 0 for any that is free
   * @throws UncheckedIOException if it cannot listen there
   */
  public Service(LiveIndex index, Meters meters, String host, int port) {
    this(new LiveItems(index), index, meters, host, port, BODY_TIME);
    meters.bind(index);
  }

  /**
   * Starts a service of items that do not change: writes are refused.
   *
   * @param index what it serves; closed with it
   * @param names of the items by ordinal, or none
   * @param meters whose listener the index was built or opened with
   * @param host the address to listen at
   * @param port the port; 0 for any that is free
   * @throws UncheckedIOException if it cannot listen there
   */
  public Service(Index index, List<String> names, Meters meters, String host, int port) {
    this(new FixedItems(index, names), null, meters, host, port, BODY_TIME);
    meters.bind(index);
  }

  /** For tests: with a time for which a client may send headers, or a body. */
  Service(
      ServedItems items,
      @Nullable LiveIndex live,
      Meters meters,
      String host,
      int port,
      Duration bodyTime) {
    this.items = items;
    this.readTime = new ReadTime(bodyTime);
    Routes routes = new Routes(items, live, meters, () -> warm, readTime);
    requireFree(host, port);
    this.server =
        WebServer.builder()
            .host(host)
            .port(port)
            .protocolsDiscoverServices(false)
            .addProtocol(Http1Config.builder().addReceiveListener(readTime).build())
            .directHandlers(DirectAnswers.of(meters))
            .contentEncoding(coding -> coding.addContentEncoding(new Identity()))
            .maxPayloadSize(LARGEST_BATCH)
            .maxTcpConnections(CONNECTIONS)
            .idleConnectionTimeout(Duration.ofMinutes(1))
            .idleConnectionPeriod(Duration.ofSeconds(30))
            .shutdownHook(false)
            .shutdownGracePeriod(GRACE)
            .routing(routing -> routing.register(routes))
            .build()
            .start();
    readTime.start();
  }

  /**
   * Fails where nobody can listen: Helidon logs that, and its start returns as if it had worked.
   */
  private static void requireFree(String host, int port) {
    try (ServerSocket probe = new ServerSocket()) {
      probe.bind(new InetSocketAddress(InetAddress.getByName(host), port));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Searches for a second, so that the JVM compiles the search; then the service is ready. */
  public void warmUp() {
    Random r = new Random(1);
    float[] query = new float[items.dimensions()];
    Slate slate = new Slate(10);
    long start = System.nanoTime();
    while (System.nanoTime() - start < WARM_UP.toNanos()) {
      for (int j = 0; j < query.length; j++) {
        query[j] = r.nextFloat() * 2 - 1;
      }
      items.search(Query.of(query), slate);
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

  /**
   * Takes no further requests, waits up to 20 seconds for those that have begun, cuts off those
   * that have not ended then, and closes the index.
   */
  @Override
  public void close() {
    warm = false;
    readTime.close();
    server.stop();
    items.close();
  }
}
