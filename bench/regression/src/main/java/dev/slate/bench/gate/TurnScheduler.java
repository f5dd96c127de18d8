package dev.slate.bench.gate;

import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lets forks that are alive at once run one iteration in turn: a round begins when all of them
 * wait, and each has its turn in it; the next round begins with the one after. So two sides are
 * compared over moments that lie an iteration apart, and what makes the machine slow for a second
 * or more falls on both.
 *
 * <p>A fork asks through {@code TurnProfiler}. One that has ended must {@linkplain #leave leave}.
 *
 * <p>Safe for many threads.
 */
final class TurnScheduler implements AutoCloseable {
  private static final byte GO = '!';

  private final ServerSocket server;
  private final List<Arm> arms;
  private final List<Arm> order;
  private final Deque<Arm> round = new ArrayDeque<>();
  private final Map<Arm, Fork> waiting = new EnumMap<>(Arm.class);
  private final Set<Arm> served = EnumSet.noneOf(Arm.class);
  private @Nullable Fork running;

  /** One connection: an arm has several, one after the other or at once, if it has more JVMs. */
  private static final class Fork {
    private final Arm arm;
    private final OutputStream out;

    Fork(Arm arm, OutputStream out) {
      this.arm = arm;
      this.out = out;
    }
  }

  /**
   * Opens a port of the loopback interface.
   *
   * @param order of the first round
   * @throws IOException if there is none
   */
  TurnScheduler(List<Arm> order) throws IOException {
    this.arms = List.copyOf(order);
    this.order = new ArrayList<>(order);
    server = new ServerSocket(0, order.size(), InetAddress.getLoopbackAddress());
    DaemonThreads.start(this::accept);
  }

  /**
   * What the fork of an arm must find in its environment.
   *
   * @param arm whose
   * @return name and value, of equal length for all: the environment moves the stack
   */
  Map<String, String> environment(Arm arm) {
    return Map.of(
        "SLATE_GATE_TURN",
        String.format(Locale.ROOT, "%05d%d", server.getLocalPort(), arms.indexOf(arm)));
  }

  /**
   * Counts on a fork no more: its process has ended.
   *
   * @param arm whose
   */
  synchronized void leave(Arm arm) {
    order.remove(arm);
    round.remove(arm);
    waiting.remove(arm);
    if (running != null && running.arm == arm) {
      running = null;
    }
    pass();
  }

  /**
   * Tells whether a fork of an arm asked for its turn.
   *
   * @param arm whose
   * @return false if none did
   */
  synchronized boolean served(Arm arm) {
    return served.contains(arm);
  }

  /** Gives the turn to the next, if it is free and the next is there. */
  private synchronized void pass() {
    if (running != null) {
      return;
    }
    if (round.isEmpty() && !order.isEmpty() && waiting.keySet().containsAll(order)) {
      round.addAll(order);
      Collections.rotate(order, -1);
    }
    Arm next = round.peek();
    Fork fork = next == null ? null : waiting.remove(next);
    if (fork != null) {
      round.remove();
      running = fork;
      try {
        fork.out.write(GO);
      } catch (IOException e) {
        // It has died: the one that listens to it hears so, too, and ends its turn.
      }
    }
  }

  private synchronized void ask(Fork fork) {
    served.add(fork.arm);
    waiting.put(fork.arm, fork);
    pass();
  }

  private synchronized void finish(Fork fork) {
    if (running == fork) {
      running = null;
    }
    pass();
  }

  private synchronized void end(Fork fork) {
    waiting.remove(fork.arm, fork);
    finish(fork);
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = server.accept();
        DaemonThreads.start(() -> serve(socket));
      }
    } catch (SocketException e) {
      // Closed.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void serve(Socket socket) {
    Fork fork = null;
    try (socket) {
      socket.setTcpNoDelay(true);
      fork = new Fork(arms.get(next(socket)), socket.getOutputStream());
      while (true) {
        if (next(socket) == '?') {
          ask(fork);
        } else {
          finish(fork);
        }
      }
    } catch (IOException e) {
      if (fork != null) {
        end(fork);
      }
    }
  }

  private static int next(Socket socket) throws IOException {
    int next = socket.getInputStream().read();
    if (next < 0) {
      throw new EOFException();
    }
    return next;
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
