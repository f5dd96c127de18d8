package dev.slate.bench.gate;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slate.bench.results.BadInputException;
import dev.slate.bench.results.JmhReader;
import dev.slate.bench.results.Results;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs JMH: each fork is a process of its own, {@code java -cp JARS org.openjdk.jmh.Main REGEX -f 1
 * -rf json}, with the allocation profiler. The main class is named, so that any jar will do that
 * holds JMH or refers to it.
 *
 * <p>The forks of a turn are alive at once, and a {@link TurnScheduler} lets one iteration run at a
 * time, unless their memory is to be had one by one.
 */
final class JmhHarness implements Harness {
  private static final Duration NO_LIMIT = Duration.ofDays(1);
  private static final Iterations SHORT = Iterations.of(Duration.ofMillis(1));

  /** A class for Java 8, which the compiler of this one does not see. */
  private static final String PROFILER = "dev.slate.bench.gate.TurnProfiler";

  private final Map<Arm, SideJars> subjects;
  private final JmhOptions options;
  private final Processes processes;
  private final Path scratch;
  private final BiConsumer<Arm, JsonNode> keep;
  private final boolean together;

  /**
   * Prepares.
   *
   * @param subjects whose jars to run, for each arm
   * @param options the user's
   * @param processes to run them
   * @param scratch a folder with one of each arm
   * @param together whether the forks of a turn are alive at once
   * @param keep takes what JMH wrote of each measured fork
   */
  JmhHarness(
      Map<Arm, SideJars> subjects,
      JmhOptions options,
      Processes processes,
      Path scratch,
      boolean together,
      BiConsumer<Arm, JsonNode> keep) {
    this.subjects = subjects;
    this.options = options;
    this.processes = processes;
    this.scratch = scratch;
    this.together = together;
    this.keep = keep;
  }

  @Override
  public Results dryRun(Arm arm) {
    List<String> arguments = new ArrayList<>(List.of(options.benchmarks()));
    arguments.addAll(SHORT.arguments());
    arguments.addAll(options.forSurvey());
    JsonNode runs = jmh(arm, subject(arm).classPath(), arguments, Map.of(), NO_LIMIT);
    if (runs == null) {
      throw failure(arm);
    }
    return JmhReader.parse(name(arm), runs);
  }

  @Override
  public Map<Arm, Results> turn(
      List<Arm> order, Unit unit, @Nullable Iterations iterations, Duration limit) {
    List<String> arguments = new ArrayList<>(unit.arguments());
    if (iterations != null) {
      arguments.addAll(iterations.arguments());
    }
    arguments.addAll(options.forUnit());
    return together ? atOnce(order, arguments, limit) : oneByOne(order, arguments, limit);
  }

  private Map<Arm, Results> oneByOne(List<Arm> order, List<String> arguments, Duration limit) {
    Map<Arm, Results> forks = new EnumMap<>(Arm.class);
    long end = System.nanoTime() + limit.toNanos();
    for (Arm arm : order) {
      Duration left = Duration.ofNanos(Math.max(0, end - System.nanoTime()));
      forks.put(arm, kept(arm, jmh(arm, subject(arm).classPath(), arguments, Map.of(), left)));
    }
    return forks;
  }

  private Map<Arm, Results> atOnce(List<Arm> order, List<String> arguments, Duration limit) {
    Map<Arm, Future<@Nullable JsonNode>> started = new EnumMap<>(Arm.class);
    ExecutorService threads = DaemonThreads.pool();
    try (TurnScheduler relay = new TurnScheduler(order)) {
      for (Arm arm : order) {
        started.put(arm, threads.submit(() -> inTurn(relay, arm, arguments, limit)));
      }
      try {
        Map<Arm, Results> forks = new EnumMap<>(Arm.class);
        for (Map.Entry<Arm, Future<@Nullable JsonNode>> fork : started.entrySet()) {
          forks.put(fork.getKey(), kept(fork.getKey(), fork.getValue().get()));
        }
        return forks;
      } finally {
        DaemonThreads.end(threads);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (ExecutionException e) {
      throw unwrapped(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Stopped(true);
    }
  }

  private static RuntimeException unwrapped(ExecutionException e) {
    if (e.getCause() instanceof RuntimeException reason) {
      return reason;
    }
    return e.getCause() instanceof IOException reason
        ? new UncheckedIOException(reason)
        : new IllegalStateException(e);
  }

  private Results kept(Arm arm, @Nullable JsonNode runs) {
    if (runs == null) {
      return Results.of(name(arm), List.of());
    }
    keep.accept(arm, runs);
    return JmhReader.parse(name(arm), runs);
  }

  private @Nullable JsonNode inTurn(
      TurnScheduler relay, Arm arm, List<String> arguments, Duration limit) throws IOException {
    try {
      // The first of the profilers: it waits before the others begin, and is the last to end.
      List<String> more = new ArrayList<>(List.of("-prof", PROFILER));
      more.addAll(arguments);
      String classPath = withProfiler(arm) + File.pathSeparator + subject(arm).classPath();
      JsonNode runs = jmh(arm, classPath, more, relay.environment(arm), limit);
      if (runs != null && !relay.served(arm)) {
        throw new BadInputException(
            "--turns",
            "a fork did not ask for its turn (does --java clear the environment?): use --turns"
                + " forks");
      }
      return runs;
    } finally {
      relay.leave(arm);
    }
  }

  /**
   * The folder of an arm, once the profiler's class lies there: before the jars, which may have
   * another.
   */
  private Path withProfiler(Arm arm) throws IOException {
    String name = PROFILER.replace('.', '/') + ".class";
    Path file = folder(arm).resolve(name);
    if (!Files.exists(file)) {
      Files.createDirectories(Objects.requireNonNull(file.getParent()));
      try (InputStream in = JmhHarness.class.getResourceAsStream("/" + name)) {
        Files.copy(Objects.requireNonNull(in), file);
      }
    }
    return folder(arm);
  }

  /** What JMH wrote, or null if it wrote nothing: the benchmark failed. */
  private @Nullable JsonNode jmh(
      Arm arm,
      String classPath,
      List<String> arguments,
      Map<String, String> environment,
      Duration limit) {
    try {
      Path json = folder(arm).resolve("result.json");
      Files.deleteIfExists(json);
      List<String> command =
          new ArrayList<>(
              List.of(options.java(), JmhLock.IGNORE, "-cp", classPath, "org.openjdk.jmh.Main"));
      command.addAll(arguments);
      command.addAll(
          List.of("-f", "1", "-wf", "0", "-prof", "gc", "-rf", "json", "-rff", json.toString()));
      processes.run(command, environment, folder(arm), log(arm), log(arm), limit);
      if (!Files.exists(json) || Files.size(json) == 0) {
        return null;
      }
      byte[] bytes = Files.readAllBytes(json);
      return new String(bytes, StandardCharsets.ISO_8859_1).replaceAll("\\s", "").equals("[]")
          ? null
          : JmhReader.runs(name(arm), bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private BadInputException failure(Arm arm) {
    String said = Logs.reason(log(arm));
    return said.contains("No matching benchmarks")
        ? new BadInputException("--benchmarks", "matches no benchmark of " + subject(arm).name())
        : new BadInputException(subject(arm).name(), "JMH could not run it: " + said);
  }

  private Path log(Arm arm) {
    return folder(arm).resolve("jmh.log");
  }

  private Path folder(Arm arm) {
    return scratch.resolve(arm.folder());
  }

  private SideJars subject(Arm arm) {
    SideJars subject = subjects.get(arm);
    if (subject == null) {
      throw new IllegalStateException("no jars for " + arm);
    }
    return subject;
  }

  private static String name(Arm arm) {
    return arm.name().toLowerCase(Locale.ROOT);
  }
}
