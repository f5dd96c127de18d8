package dev.slate.bench;

import dev.slate.data.OutputFile;
import java.io.PrintStream;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ExitCode;

/**
 * Notices that a plugin calls {@link System#exit} in the middle of a command, which would else look
 * like success. A signal is left alone; {@link Runtime#halt} runs no hooks, and is not noticed.
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
   * @param err receives the message
   * @param halt ends the JVM with an exit code, without waiting for other hooks
   * @return whose {@link #done} is to be called when the command is done
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

  /** The code that called exit; null if none did. */
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
