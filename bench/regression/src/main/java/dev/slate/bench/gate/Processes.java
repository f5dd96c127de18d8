package dev.slate.bench.gate;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Runs processes, and ends each, with all that it started, when a limit or the user says so: Ctrl-C
 * ends what runs, each later run throws {@link Stopped}, and the end of the JVM waits until this is
 * closed, so that there is time to say what was found. Safe for many threads.
 */
final class Processes implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 30;
  private static final long GRACE_SECONDS = 3;

  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread hook = new Thread(this::interrupt, "slate-gate-interrupt");
  private volatile boolean stopped;
  private final Set<Process> running = ConcurrentHashMap.newKeySet();

  Processes() {
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /**
   * Runs a command to its end.
   *
   * @param command program and arguments
   * @param environment what to add to this process's own
   * @param folder to run it in
   * @param answer takes its standard output
   * @param log takes its standard error; may be the same
   * @param limit after which it is ended
   * @return its exit code
   * @throws IOException if it cannot be started
   * @throws Stopped if it was ended
   */
  int run(
      List<String> command,
      Map<String, String> environment,
      Path folder,
      Path answer,
      Path log,
      Duration limit)
      throws IOException {
    if (stopped) {
      throw new Stopped(true);
    }
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectInput(ProcessBuilder.Redirect.from(nothing()))
            .redirectOutput(answer.toFile())
            .redirectErrorStream(answer.equals(log))
            .redirectError(log.toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    running.add(process);
    try {
      if (stopped) {
        throw new Stopped(true);
      }
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new Stopped(false);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Stopped(true);
    } finally {
      end(process);
      running.remove(process);
    }
    if (stopped) {
      throw new Stopped(true);
    }
    return process.exitValue();
  }

  private void interrupt() {
    stopped = true;
    running.forEach(Processes::end);
    try {
      closed.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closed.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The JVM is ending already, and has heard.
    }
  }

  /** Asks first, since a JVM takes its temporary files away when it is asked to end. */
  private static void end(Process process) {
    List<ProcessHandle> started = process.descendants().toList();
    started.forEach(ProcessHandle::destroy);
    process.destroy();
    try {
      if (!process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      started.forEach(ProcessHandle::destroyForcibly);
    }
  }

  private static File nothing() {
    return new File(File.separatorChar == '/' ? "/dev/null" : "NUL");
  }
}
