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
 * Limits how long a client may take to send the headers of a request, and how long it may be silent
 * within the body. The server limits only the size of the headers and the wait for the first line,
 * so a client that sends a byte now and then, or none, could hold a connection for hours. Each
 * connection has a thread; interrupting it closes the connection.
 */
final class ReadTime implements Http1ConnectionListener, AutoCloseable {
  private final Duration most;

  /** Since when a thread reads headers. */
  private final Map<Thread, Long> reading = new ConcurrentHashMap<>();

  /** Since when a thread waits for more of a body. */
  private final Map<Thread, Long> waiting = new ConcurrentHashMap<>();

  private final Thread watch;
  private volatile boolean closed;

  /**
   * Sets the limit.
   *
   * @param most the longest time for the headers, and the longest silence within the body; looked
   *     at every quarter of it
   */
  ReadTime(Duration most) {
    this.most = most;
    this.watch = Thread.ofVirtual().name("slate-reads").unstarted(this::watch);
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

  /** The limit. */
  Duration most() {
    return most;
  }

  /** This thread begins to wait for more of a body. */
  void waits() {
    waiting.put(Thread.currentThread(), System.nanoTime());
  }

  /** The wait of this thread is over. */
  void waited() {
    waiting.remove(Thread.currentThread());
  }

  private void watch() {
    try {
      while (true) {
        Thread.sleep(most.dividedBy(4));
        interrupt(reading, most.toNanos());
        interrupt(waiting, most.toNanos());
      }
    } catch (InterruptedException e) {
      // closed
    }
  }

  /** Closes the connections that have read or waited for that many nanoseconds. */
  private static void interrupt(Map<Thread, Long> threads, long longer) {
    threads.forEach(
        (connection, since) -> {
          if (System.nanoTime() - since >= longer && threads.remove(connection, since)) {
            connection.interrupt();
          }
        });
  }

  /** Ends the connections that read headers, and those that begin to. */
  @Override
  public void close() {
    closed = true;
    watch.interrupt();
    interrupt(reading, 0);
  }
}
