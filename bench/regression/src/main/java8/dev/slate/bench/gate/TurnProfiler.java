package dev.slate.bench.gate;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;

/**
 * Waits before each iteration until the gate says that it is this fork's turn, and tells it when
 * the iteration is over.
 *
 * <p>This one class runs in the JVM of the benchmark, whatever that is, so it needs no more than
 * Java 8 and has the methods of JMH's profilers of all releases. Where to ask stands in the
 * environment, which a fork inherits, since the flags of a JVM are compared: {@value #VARIABLE} is
 * a port, five digits, and the number of this fork, one digit. Without it there is nothing to wait
 * for.
 */
public final class TurnProfiler implements InternalProfiler {
  private static final String VARIABLE = "SLATE_GATE_TURN";
  private static final int DIGITS_OF_PORT = 5;

  private Socket socket;
  private DataInputStream in;

  /** For JMH, which makes one in each of its processes; only a fork's has iterations. */
  public TurnProfiler() {}

  @Override
  public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
    String turn = System.getenv(VARIABLE);
    if (turn == null) {
      return;
    }
    try {
      if (socket == null) {
        int port = Integer.parseInt(turn.substring(0, DIGITS_OF_PORT));
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        in = new DataInputStream(socket.getInputStream());
        socket.getOutputStream().write(turn.charAt(DIGITS_OF_PORT) - '0');
      }
      socket.getOutputStream().write('?');
      in.readByte();
    } catch (IOException e) {
      throw new UncheckedIOException("the gate has gone", e);
    }
  }

  @Override
  public Collection<? extends Result> afterIteration(
      BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
    return afterIteration(benchmark, iteration);
  }

  /**
   * The same, as JMH called it before 1.4.
   *
   * @param benchmark that ran
   * @param iteration that is over
   * @return nothing to report
   */
  public Collection<? extends Result> afterIteration(
      BenchmarkParams benchmark, IterationParams iteration) {
    if (socket != null) {
      try {
        socket.getOutputStream().write('.');
      } catch (IOException e) {
        throw new UncheckedIOException("the gate has gone", e);
      }
    }
    return Collections.emptyList();
  }

  @Override
  public String getDescription() {
    return "Takes turns with another JVM, iteration by iteration";
  }

  /**
   * Asked by JMH before 1.10.
   *
   * @param messages of what is missing
   * @return true
   */
  public boolean checkSupport(List<String> messages) {
    return true;
  }

  /**
   * Asked by JMH before 1.10.
   *
   * @return the name of this
   */
  public String label() {
    return "turn";
  }
}
