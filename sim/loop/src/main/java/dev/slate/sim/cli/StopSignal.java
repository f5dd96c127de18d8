package dev.slate.sim.cli;

import java.io.PrintWriter;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Ctrl-C asks a run to end after the step it is in, so that what is done is kept; a second one does
 * what it would have done. Reaches {@code sun.misc.Signal} by reflection: where it is missing,
 * Ctrl-C ends the JVM at once.
 */
final class StopSignal {
  /** The exit code of a command that was interrupted. */
  static final int EXIT_CODE = 130;

  private final AtomicBoolean asked = new AtomicBoolean();
  private volatile @Nullable Object before;

  private final PrintWriter err;

  private StopSignal(PrintWriter err) {
    this.err = err;
  }

  /**
   * Waits for Ctrl-C.
   *
   * @param err is told that the step is ended first: a selector that does not return never ends it
   */
  static StopSignal listen(PrintWriter err) {
    StopSignal interrupt = new StopSignal(err);
    try {
      interrupt.install();
    } catch (ReflectiveOperationException e) {
      return interrupt;
    }
    return interrupt;
  }

  private void install() throws ReflectiveOperationException {
    Class<?> signal = Class.forName("sun.misc.Signal");
    Class<?> handler = Class.forName("sun.misc.SignalHandler");
    Method handle = signal.getMethod("handle", signal, handler);
    Object interruption = signal.getConstructor(String.class).newInstance("INT");
    Object onSignal =
        Proxy.newProxyInstance(
            StopSignal.class.getClassLoader(),
            new Class<?>[] {handler},
            (proxy, method, arguments) -> {
              asked.set(true);
              handle.invoke(null, interruption, before);
              err.println("\nslate: ends after this step; Ctrl-C again ends it at once");
              err.flush();
              return null;
            });
    before = handle.invoke(null, interruption, onSignal);
  }

  boolean asked() {
    return asked.get();
  }
}
