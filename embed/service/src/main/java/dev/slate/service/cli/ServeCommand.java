package dev.slate.service.cli;

import dev.slate.data.InputException;
import dev.slate.data.ReadOptions;
import dev.slate.data.VectorFile;
import dev.slate.data.cli.Inputs;
import dev.slate.data.cli.ReadingOptions;
import dev.slate.data.cli.StoredIndex;
import dev.slate.kernel.Index;
import dev.slate.kernel.IndexBuilder;
import dev.slate.kernel.LiveIndex;
import dev.slate.kernel.LiveIndexBuilder;
import dev.slate.kernel.Metric;
import dev.slate.kernel.Opening;
import dev.slate.service.Meters;
import dev.slate.service.Service;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
          + " begun, for which it waits up to 20 seconds.",
      ""
    })
public final class ServeCommand implements Callable<Integer> {
  private static final String BUILT_IN = "memotion";

  /** The options that say how the rows of a file are read. */
  private static final List<String> OF_A_FILE =
      List.of("--columns", "--header", "--delimiter", "--decimal", "--id-column");

  @Spec private CommandSpec spec;

  @Option(
      names = "--items",
      paramLabel = "FILE",
      description =
          "Serve the rows of a file, by their numbers, or an index that slate build wrote. No"
              + " writes.")
  private @Nullable String items;

  @Mixin private ReadingOptions reading = new ReadingOptions();

  @Option(
      names = "--id-column",
      paramLabel = "C",
      description =
          "A column, by name or number, that names the items in answers; it is no attribute.")
  private @Nullable String idColumn;

  @Option(
      names = "--opening",
      paramLabel = "O",
      defaultValue = "LOAD",
      description =
          "How an index is opened: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}). on_demand"
              + " is ready sooner, and reads the rest while it serves; damage in the rest is said"
              + " then, and searches that need it are refused.")
  private Opening opening;

  @Option(
      names = "--live",
      paramLabel = "DIR",
      description = "Serve the items of a directory, made if need be, and keep writes there.")
  private @Nullable Path live;

  @Option(
      names = "--dims",
      paramLabel = "D",
      description = "Attributes of an item, for a directory.")
  private @Nullable Integer dims;

  @Option(
      names = "--metric",
      paramLabel = "M",
      defaultValue = "EUCLIDEAN",
      description =
          "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}; that of an index is fixed in it).")
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

  /**
   * A reference of our own: {@code java.util.logging} forgets loggers, and their levels, without.
   */
  private static final Logger SERVER = Logger.getLogger("io.helidon");

  /** Counted down when the service has stopped. */
  private final CountDownLatch ended = new CountDownLatch(1);

  @Override
  public Integer call() throws InterruptedException {
    check();
    SERVER.setLevel(Level.WARNING);
    Meters meters = new Meters();
    Service service =
        live == null ? fixed(items == null ? BUILT_IN : items, meters) : live(live, meters);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(service), "slate-stop"));
    try {
      service.warmUp();
    } catch (UncheckedIOException e) { // of an index that is read on demand
      service.close();
      throw StoredIndex.damaged(String.valueOf(items), e);
    }
    PrintWriter out = spec.commandLine().getOut();
    out.println("slate: ready at http://" + host + ":" + service.port());
    out.flush();
    ended.await();
    return 0;
  }

  private void check() {
    if (items != null && live != null) {
      throw new InputException("--items", "goes without --live");
    }
    if (live == null && dims != null) {
      throw new InputException("--dims", "goes with --live only");
    }
    if (port < 0 || port > 65_535) {
      throw new InputException("--port", "must be from 0 to 65535");
    }
    for (String option : OF_A_FILE) {
      if (items == null && given(option)) {
        throw new InputException(option, "goes with --items only");
      }
    }
    if (given("--opening") && !StoredIndex.isNamed(String.valueOf(items))) {
      throw new InputException("--opening", "goes with the .slate file of an index only");
    }
  }

  private boolean given(String option) {
    return spec.commandLine().getParseResult().hasMatchedOption(option);
  }

  private void stop(Service service) {
    service.close();
    ended.countDown();
  }

  private Service fixed(String file, Meters meters) {
    return StoredIndex.isNamed(file) ? stored(file, meters) : built(file, meters);
  }

  private Service built(String file, Meters meters) {
    ReadOptions options = reading.asked().withIdColumn(idColumn);
    int threads = Runtime.getRuntime().availableProcessors();
    try (VectorFile rows = Inputs.open(file, options, spec.commandLine().getErr());
        ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      IndexBuilder builder = Index.builder(rows).metric(metric).executor(pool, threads);
      Index index = builder.listener(meters.listener()).build();
      return start(index, List.copyOf(rows.ids()), meters);
    }
  }

  private Service stored(String file, Meters meters) {
    StoredIndex.refuse(spec, file, OF_A_FILE);
    StoredIndex stored = StoredIndex.open(file, opening, meters.listener());
    Index index = stored.index();
    stored.requireMetric(spec, file, metric);
    if (stored.origin() != null) {
      throw new InputException(
          file, "was built with --center: serve takes vectors as they are; build it without");
    }
    Service service = start(index, stored.names(), meters);
    if (opening == Opening.ON_DEMAND) {
      Thread.ofPlatform().daemon().name("slate-load").start(() -> load(index));
    }
    return service;
  }

  private void load(Index index) {
    try {
      index.load();
    } catch (IOException e) {
      tell(e.getMessage() + "; searches that need it are refused");
    } catch (IllegalStateException e) {
      // The service has stopped meanwhile.
    }
  }

  private void tell(String what) {
    PrintWriter err = spec.commandLine().getErr();
    err.println("slate: " + what);
    err.flush();
  }

  private Service start(Index index, List<String> names, Meters meters) {
    return listen(() -> new Service(index, names, meters, host, port), index::close);
  }

  /** Starts a service, or closes its index where it cannot listen. */
  private Service listen(Supplier<Service> service, Runnable close) {
    try {
      return service.get();
    } catch (RuntimeException e) {
      close.run();
      throw new InputException(
          "--port", "cannot listen at " + host + ":" + port + ": " + cause(e), e);
    }
  }

  private Service live(Path directory, Meters meters) {
    if (dims == null) {
      throw new InputException("--dims", "says how many attributes the items of --live have");
    }
    LiveIndex index = open(directory, dims, meters);
    return listen(() -> new Service(index, meters, host, port), index::close);
  }

  private LiveIndex open(Path directory, int d, Meters meters) {
    ExecutorService merging = Executors.newFixedThreadPool(2, ServeCommand::daemon);
    try {
      LiveIndexBuilder builder =
          LiveIndex.builder(d).metric(metric).executor(merging).listener(meters.listener());
      return (metric == Metric.DOT ? builder.biased() : builder).open(directory);
    } catch (IOException | UncheckedIOException e) {
      throw new InputException("--live", String.valueOf(e.getMessage()), e);
    } catch (IllegalArgumentException | IllegalStateException e) {
      throw new InputException("--live", String.valueOf(e.getMessage()), e);
    }
  }

  private static String cause(Throwable e) {
    Throwable last = e;
    while (last.getCause() != null) {
      last = last.getCause();
    }
    return String.valueOf(last.getMessage());
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "slate-merge");
    thread.setDaemon(true);
    return thread;
  }
}
