package dev.slate.bench;

import dev.slate.data.OutputFile;
import java.io.PrintStream;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ExitCode;

/**
 * Notices that a plugin ends the JVM in the middle of a command, which would else look like
 * success. A signal ends the JVM without {@link Runtime#exit}, and is left alone.
 */
final class EarlyExit extends Thread {
  private final PrintStream err;
  private final IntConsumer halt;
  private volatile boolean done;

  private EarlyExit(PrintStream err, IntConsumer halt) {
    super("slate-early-exit");
    this.err = err;
    this.halt = halt;
  }

  /**
   * Watches the end of the JVM.
   *
   * @param err is told who ended it too early
   * @param halt ends it then with another exit code, whatever other hooks still do
   * @return to be told when the command is done
   */
  static EarlyExit watch(PrintStream err, IntConsumer halt) {
    EarlyExit watch = new EarlyExit(err, halt);
    Runtime.getRuntime().addShutdownHook(watch);
    return watch;
  }

  /** From now on the JVM may end. */
  void done() {
    done = true;
  }

  @Override
  public void run() {
    StackTraceElement caller = done ? null : caller();
    if (caller == null) {
      return;
    }
    err.println("slate: " + caller + " called System.exit before the command was done");
    err.flush();
    OutputFile.deletePending();
    halt.accept(ExitCode.USAGE);
  }

  /** Who waits for the JVM to end, if anyone does. */
  private static @Nullable StackTraceElement caller() {
    for (StackTraceElement[] stack : Thread.getAllStackTraces().values()) {
      boolean exits = false;
      for (StackTraceElement frame : stack) {
        boolean runtime = frame.getClassName().equals(Runtime.class.getName());
        if (exits && !runtime && !frame.getClassName().equals(System.class.getName())) {
          return frame;
        }
        exits |= runtime && frame.getMethodName().equals("exit");
      }
    }
    return null;
  }
}
