package dev.slate.bench.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Forks that are threads, and speak as the profiler does. */
@Timeout(60)
class TurnSchedulerTest {
  private static final Arm B = Arm.BASELINE;
  private static final Arm C = Arm.CANDIDATE;
  private static final Arm O = Arm.CONTROL;

  private final List<Arm> turns = Collections.synchronizedList(new ArrayList<>());
  private final AtomicInteger running = new AtomicInteger();
  private TurnScheduler relay = open(B, C);

  @AfterEach
  void close() throws IOException {
    relay.close();
  }

  @Test
  void twoTakeTurnsAndEitherIsFirstEquallyOften() throws InterruptedException {
    run(fork(B, 6, 1), fork(C, 6, 1));
    assertEquals(List.of(B, C, C, B, B, C, C, B, B, C, C, B), turns);
  }

  @Test
  void ofThreeEachIsOnceAtEachPlace() throws IOException, InterruptedException {
    relay.close();
    relay = open(O, B, C);
    run(fork(B, 3, 1), fork(C, 3, 1), fork(O, 3, 1));
    assertEquals(List.of(O, B, C, B, C, O, C, O, B), turns);
  }

  @Test
  void whoIsLeftGoesOnAlone() throws InterruptedException {
    run(fork(B, 2, 1), fork(C, 4, 1));
    assertEquals(List.of(B, C, C, B, C, C), turns);
  }

  /** A jar that does not run, say. */
  @Test
  void whoNeverCameIsNotWaitedForOnceItLeft() throws InterruptedException {
    run(() -> relay.leave(B), fork(C, 3, 1));
    assertEquals(List.of(C, C, C), turns);
  }

  @Test
  void whoDiesInItsTurnGivesItUp() throws InterruptedException {
    run(
        () -> {
          try (Socket socket = connect(B)) {
            socket.getOutputStream().write('?');
            socket.getInputStream().read();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          } finally {
            relay.leave(B);
          }
        },
        fork(C, 2, 1));
    assertEquals(List.of(C, C), turns);
  }

  /** All the values of a parameter that the command line cannot choose. */
  @Test
  void anArmMayHaveOneForkAfterAnother() throws InterruptedException {
    run(fork(B, 2, 2), fork(C, 2, 2));
    assertEquals(List.of(B, C, C, B, B, C, C, B), turns);
  }

  /** As with JMH's bulk warm-up: the JVM's first profiler lives on, and ends at any time. */
  @Test
  void theEndOfOneConnectionIsNotThatOfAnother() throws IOException, InterruptedException {
    Socket first = connect(B);
    first.getOutputStream().write('?');
    relay.leave(C);
    assertTrue(first.getInputStream().read() > 0);
    try (Socket second = connect(B)) {
      second.getOutputStream().write('?');
      first.close();
      assertTrue(second.getInputStream().read() > 0);
    }
  }

  @Test
  void whoNeverAskedWasNotServed() throws InterruptedException {
    run(() -> relay.leave(B), fork(C, 1, 1));
    assertFalse(relay.served(B));
    assertTrue(relay.served(C));
  }

  @Test
  void theEnvironmentIsAsLongForEach() {
    Map<String, String> one = relay.environment(B);
    Map<String, String> other = relay.environment(C);
    assertEquals(one.keySet(), other.keySet());
    assertEquals(6, one.get("SLATE_GATE_TURN").length());
    assertEquals(6, other.get("SLATE_GATE_TURN").length());
  }

  private Runnable fork(Arm arm, int iterations, int forks) {
    return () -> {
      try {
        for (int i = 0; i < forks; i++) {
          iterate(arm, iterations);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } finally {
        relay.leave(arm);
      }
    };
  }

  private void iterate(Arm arm, int iterations) throws IOException {
    try (Socket socket = connect(arm)) {
      for (int i = 0; i < iterations; i++) {
        socket.getOutputStream().write('?');
        assertTrue(socket.getInputStream().read() > 0);
        assertEquals(1, running.incrementAndGet());
        turns.add(arm);
        running.decrementAndGet();
        socket.getOutputStream().write('.');
      }
    }
  }

  private Socket connect(Arm arm) throws IOException {
    String turn = relay.environment(arm).get("SLATE_GATE_TURN");
    Socket socket =
        new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(turn.substring(0, 5)));
    socket.setTcpNoDelay(true);
    socket.getOutputStream().write(turn.charAt(5) - '0');
    return socket;
  }

  private static void run(Runnable... forks) throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
    for (Runnable fork : forks) {
      Thread thread = new Thread(fork);
      thread.setUncaughtExceptionHandler((failed, why) -> failures.add(why));
      thread.start();
      threads.add(thread);
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertEquals(List.of(), failures);
  }

  private static TurnScheduler open(Arm... order) {
    try {
      return new TurnScheduler(List.of(order));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
