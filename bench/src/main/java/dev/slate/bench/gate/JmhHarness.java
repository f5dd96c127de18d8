package dev.slate.bench.gate;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slate.bench.results.JmhReader;
import dev.slate.bench.results.Results;
import dev.slate.data.InputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs JMH: each fork is a process of its own, {@code java -cp JARS org.openjdk.jmh.Main REGEX -f 1
 * -rf json}, with the allocation profiler. The main class is named, so that any jar will do that
 * holds JMH or refers to it.
 */
final class JmhHarness implements Harness {
  private static final Duration NO_LIMIT = Duration.ofDays(1);
  private static final Iterations SHORT = Iterations.of(Duration.ofMillis(1));

  /** JMH's own property: set for Slate, it holds for the JMH that Slate starts. */
  private static final String IGNORE_LOCK = "jmh.ignoreLock";

  private final Map<Arm, Subject> subjects;
  private final JmhOptions options;
  private final Processes processes;
  private final Path scratch;
  private final BiConsumer<Arm, JsonNode> keep;

  /**
   * Prepares.
   *
   * @param subjects whose jars to run, for each arm
   * @param options the user's
   * @param processes to run them
   * @param scratch an empty folder
   * @param keep takes what JMH wrote of each measured fork
   */
  JmhHarness(
      Map<Arm, Subject> subjects,
      JmhOptions options,
      Processes processes,
      Path scratch,
      BiConsumer<Arm, JsonNode> keep) {
    this.subjects = subjects;
    this.options = options;
    this.processes = processes;
    this.scratch = scratch;
    this.keep = keep;
  }

  @Override
  public Results survey(Arm arm) {
    List<String> arguments = new ArrayList<>(List.of(options.benchmarks()));
    arguments.addAll(SHORT.arguments());
    arguments.addAll(options.forSurvey());
    JsonNode runs = jmh(arm, arguments, NO_LIMIT);
    if (runs == null) {
      throw failure(arm);
    }
    return JmhReader.parse(name(arm), runs);
  }

  @Override
  public Results fork(Arm arm, Unit unit, @Nullable Iterations iterations, Duration limit) {
    List<String> arguments = new ArrayList<>(unit.arguments());
    if (iterations != null) {
      arguments.addAll(iterations.arguments());
    }
    arguments.addAll(options.forUnit());
    JsonNode runs = jmh(arm, arguments, limit);
    if (runs == null) {
      return Results.of(name(arm), List.of());
    }
    keep.accept(arm, runs);
    return JmhReader.parse(name(arm), runs);
  }

  /** What JMH wrote, or null if it wrote nothing: the benchmark failed. */
  private @Nullable JsonNode jmh(Arm arm, List<String> arguments, Duration limit) {
    try {
      Path json = scratch.resolve("result.json");
      Files.deleteIfExists(json);
      List<String> command = new ArrayList<>();
      command.add(options.java());
      if (Boolean.getBoolean(IGNORE_LOCK)) {
        command.add("-D" + IGNORE_LOCK + "=true");
      }
      command.add("-cp");
      command.add(subject(arm).classPath());
      command.add("org.openjdk.jmh.Main");
      command.addAll(arguments);
      command.addAll(
          List.of("-f", "1", "-wf", "0", "-prof", "gc", "-rf", "json", "-rff", json.toString()));
      processes.run(command, scratch, log(), limit);
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

  private InputException failure(Arm arm) {
    String said = Logs.reason(log());
    return said.contains("No matching benchmarks")
        ? new InputException("--benchmarks", "matches no benchmark of " + subject(arm).name())
        : new InputException(subject(arm).name(), "JMH could not run it: " + said);
  }

  private Path log() {
    return scratch.resolve("jmh.log");
  }

  private Subject subject(Arm arm) {
    Subject subject = subjects.get(arm);
    if (subject == null) {
      throw new IllegalStateException("no jars for " + arm);
    }
    return subject;
  }

  private static String name(Arm arm) {
    return arm.name().toLowerCase(Locale.ROOT);
  }
}
