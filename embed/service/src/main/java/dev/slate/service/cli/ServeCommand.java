package dev.slate.service.cli;

import dev.slate.data.InputException;
import dev.slate.data.VectorFile;
import dev.slate.data.Vectors;
import dev.slate.kernel.LiveIndex;
import dev.slate.kernel.LiveIndexBuilder;
import dev.slate.kernel.Metric;
import dev.slate.service.Service;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code slate serve}. */
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    description = {
      "Serves searches over HTTP, on the built-in catalogue unless told which items.",
      "",
      "POST /search, GET PUT DELETE /items/{id}, POST /items (a line of JSON each), /health,"
          + " /metrics, /openapi.yaml. Ends at SIGTERM or Ctrl-C, after the requests that have"
          + " begun.",
      ""
    })
public final class ServeCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--items",
      paramLabel = "FILE",
      description = "Serve the rows of a file, by their numbers; it is read once. No writes.")
  private @Nullable String items;

  @Option(
      names = "--live",
      paramLabel = "DIR",
      description = "Serve the items of a directory, made if need be, and keep writes there.")
  private @Nullable Path live;

  @Option(
      names = "--dims",
      paramLabel = "D",
      defaultValue = "0",
      description = "Attributes of an item, for a directory.")
  private int dims;

  @Option(
      names = "--metric",
      paramLabel = "M",
      defaultValue = "EUCLIDEAN",
      description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private Metric metric;

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      defaultValue = "127.0.0.1",
      description = "Where to listen (default: ${DEFAULT-VALUE}, this machine alone).")
  private String host;

  @Option(
      names = "--port",
      paramLabel = "P",
      defaultValue = "8080",
      description = "Port (default: ${DEFAULT-VALUE}); 0 takes one that is free.")
  private int port;

  /** Kept, or the level would be forgotten. The server says on its own when and how it started. */
  private static final Logger SERVER = Logger.getLogger("io.helidon");

  /** Counted down when the service has stopped. */
  private final CountDownLatch ended = new CountDownLatch(1);

  @Override
  public Integer call() throws InterruptedException {
    if (items != null && live != null) {
      throw new InputException("--items", "goes without --live");
    }
    if (port < 0 || port > 65_535) {
      throw new InputException("--port", "must be from 0 to 65535");
    }
    SERVER.setLevel(Level.WARNING);
    ExecutorService merging = Executors.newFixedThreadPool(2, ServeCommand::daemon);
    LiveIndex index = index(merging);
    Service service = service(index);
    Thread stop = new Thread(() -> stop(service), "slate-stop");
    Runtime.getRuntime().addShutdownHook(stop);
    service.warmUp();
    PrintWriter out = spec.commandLine().getOut();
    out.println("slate: ready at http://" + host + ":" + service.port());
    out.flush();
    ended.await();
    return 0;
  }

  private void stop(Service service) {
    service.close();
    ended.countDown();
  }

  private Service service(LiveIndex index) {
    try {
      return new Service(index, live == null, host, port);
    } catch (RuntimeException e) {
      index.close();
      throw new InputException("--port", "cannot listen at " + host + ":" + port + ": " + cause(e));
    }
  }

  private static String cause(Throwable e) {
    Throwable last = e;
    while (last.getCause() != null) {
      last = last.getCause();
    }
    return String.valueOf(last.getMessage());
  }

  private LiveIndex index(ExecutorService merging) {
    Path directory = live;
    if (directory == null) {
      try (VectorFile rows = Vectors.open(items == null ? "memotion" : items)) {
        return builder(rows.dimensions(), merging).items(rows).build();
      }
    }
    if (dims < 1) {
      throw new InputException("--dims", "says how many attributes the items of --live have");
    }
    try {
      return builder(dims, merging).open(directory);
    } catch (IOException | UncheckedIOException e) {
      throw new InputException("--live", String.valueOf(e.getMessage()), e);
    } catch (IllegalArgumentException | IllegalStateException e) {
      throw new InputException("--live", String.valueOf(e.getMessage()), e);
    }
  }

  private LiveIndexBuilder builder(int d, ExecutorService merging) {
    LiveIndexBuilder builder = LiveIndex.builder(d).metric(metric).executor(merging);
    return metric == Metric.DOT && live != null ? builder.biased() : builder;
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "slate-merge");
    thread.setDaemon(true);
    return thread;
  }
}
