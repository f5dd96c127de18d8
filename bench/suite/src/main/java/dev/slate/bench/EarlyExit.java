package dev.slate.bench;

import dev.slate.data.OutputFile;
import java.io.PrintStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ExitCode;

/**
 * Notices that a plugin ends the JVM in the middle of a command, which would else look like
 * success. A signal ends the JVM without {@link Runtime#exit}, and is left alone.
 */
final class EarlyExit extends Thread {
  private final PrintStream err;
  private volatile boolean done;

  private EarlyExit(PrintStream err) {
    super("slate-early-exit");
    this.err = err;
  }

  /**
   * Watches the end of the JVM.
   *
   * @param err is told who ended it too early
   * @return to be told when the command is done
   */
  static EarlyExit watch(PrintStream err) {
    EarlyExit watch = new EarlyExit(err);
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
    // The exit code cannot be changed otherwise; other hooks that still run do not matter then.
    Runtime.getRuntime().halt(ExitCode.USAGE);
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
