package dev.slate.service;

import io.helidon.http.Headers;
import io.helidon.http.HttpPrologue;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1ConnectionListener;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Bounds the time in which a client sends the headers of a request. The server bounds the time
 * until the next byte, the length of the headers, and how long it waits for the first line; so a
 * byte now and then would hold a connection for hours. Each connection has a thread, whose
 * interruption closes it.
 */
final class HeaderTime implements Http1ConnectionListener, AutoCloseable {
  private final Duration most;

  /** Since when a thread reads headers. */
  private final Map<Thread, Long> reading = new ConcurrentHashMap<>();

  private final Thread watch;
  private volatile boolean closed;

  /**
   * Sets the limit.
   *
   * @param most for which a client may send headers, about
   */
  HeaderTime(Duration most) {
    this.most = most;
    this.watch = Thread.ofVirtual().name("slate-headers").unstarted(this::watch);
  }

  /** Begins to watch, until it is closed. */
  void start() {
    watch.start();
  }

  @Override
  public void prologue(ConnectionContext connection, HttpPrologue prologue) {
    reading.put(Thread.currentThread(), System.nanoTime());
    if (closed) {
      throw new CloseConnectionException("the service stops");
    }
  }

  @Override
  public void headers(ConnectionContext connection, Headers headers) {
    if (reading.remove(Thread.currentThread()) == null) { // it is being interrupted
      throw new CloseConnectionException("the headers took longer than " + most.toMillis() + " ms");
    }
  }

  private void watch() {
    try {
      while (true) {
        Thread.sleep(most.dividedBy(4));
        interrupt(most.toNanos());
      }
    } catch (InterruptedException e) {
      // closed
    }
  }

  /** Ends the connections that have read headers for longer than some nanoseconds. */
  private void interrupt(long longer) {
    reading.forEach(
        (connection, since) -> {
          if (System.nanoTime() - since >= longer && reading.remove(connection, since)) {
            connection.interrupt();
          }
        });
  }

  /** Ends the connections that read headers, and those that begin to. */
  @Override
  public void close() {
    closed = true;
    watch.interrupt();
    interrupt(0);
  }
}
