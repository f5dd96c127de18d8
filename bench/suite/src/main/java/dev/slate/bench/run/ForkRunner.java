package dev.slate.bench.run;

import dev.slate.bench.dataset.WrongAnswer;
import dev.slate.bench.roofline.RooflineProfiler;
import dev.slate.bench.suite.FactsProfiler;
import dev.slate.data.InputException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs one fork of one case through JMH.
 *
 * <p>What JMH and the fork print, on whatever stream, goes to a log.
 *
 * <p>All subjects get the same JVM: G1, because it starts each large array at the beginning of a
 * region, so that arrays lie at the same place relative to cache lines in every fork; huge pages
 * where the JVM has the flag, which is on Linux; a heap of fixed size, computed from n and d.
 */
final class ForkRunner {
  /** How the flags begin that tell a fork where the data lies and how long it may take. */
  static final String OWN = "-Dslate.bench.";

  private static final List<String> FLAGS =
      List.of("--add-modules=jdk.incubator.vector", "-XX:+UseG1GC");
  private static final String HUGE_PAGES = "-XX:+UseTransparentHugePages";
  private static final Pattern REASON =
      Pattern.compile(
          "^(?:Caused by: )?\\S*?[.$](\\w*(?:WrongAnswer|Refusal|Error|Exception)): (.*)$");

  static final StandardOpenOption[] APPEND = {StandardOpenOption.CREATE, StandardOpenOption.APPEND};

  private final ForkTiming timing;
  private final Path directory;
  private final Path log;

  /**
   * Creates a runner.
   *
   * @param timing how long to measure
   * @param directory where forks find data and answers
   * @param log what JMH and the forks say is appended to it
   */
  ForkRunner(ForkTiming timing, Path directory, Path log) {
    this.timing = timing;
    this.directory = directory;
    this.log = log;
  }

  /** The flags of every fork, but for the size of its heap. */
  static List<String> flags() {
    return flags(System.getProperty("os.name", ""));
  }

  /** The same on an operating system. */
  static List<String> flags(String os) {
    List<String> flags = new ArrayList<>(FLAGS);
    if (os.equals("Linux")) {
      flags.add(HUGE_PAGES);
    }
    String width = System.getProperty("slate.simd");
    if (width != null) {
      flags.add("-Dslate.simd=" + width);
    }
    return flags;
  }

  ForkOutcome run(Case asked) throws IOException {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    Collection<RunResult> results;
    PrintStream out = System.out;
    PrintStream err = System.err;
    try (PrintStream print = new PrintStream(said, true, StandardCharsets.UTF_8)) {
      System.setOut(print);
      System.setErr(print);
      OutputFormat format = OutputFormatFactory.createFormatInstance(print, VerboseMode.NORMAL);
      results = new Runner(options(asked).build(), format).run();
    } catch (RunnerException e) {
      String message = String.valueOf(e.getMessage());
      if (message.contains("JMH lock")) {
        throw new InputException("bench", "another JMH runs on this machine; " + message, e);
      }
      Files.writeString(log, said.toString(StandardCharsets.UTF_8) + message, APPEND);
      return new ForkOutcome.Failed(message.lines().findFirst().orElse("JMH failed"));
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
    String text = said.toString(StandardCharsets.UTF_8);
    Files.writeString(log, text, APPEND);
    return results.stream()
        .flatMap(result -> result.getBenchmarkResults().stream())
        .findFirst()
        .<ForkOutcome>map(ForkOutcome.Measured::new)
        .orElseGet(() -> outcome(text));
  }

  private ChainedOptionsBuilder options(Case asked) {
    List<String> flags = flags();
    flags.add("-Xms" + (asked.heap() >> 20) + "m");
    flags.add("-Xmx" + (asked.heap() >> 20) + "m");
    flags.add(OWN + "directory=" + directory.toAbsolutePath());
    flags.add(OWN + "limit.build=" + timing.buildLimit().toSeconds());
    flags.add(OWN + "limit.query=" + timing.queryLimit().toSeconds());
    flags.add(OWN + "warmup.time=" + timing.warmUp().toMillis());
    flags.add(OWN + "warmup.limit=" + timing.warmUpLimit().toMillis());
    TimeValue iteration = TimeValue.milliseconds(timing.iteration().toMillis());
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include("^" + Pattern.quote(asked.benchmark()) + "$")
            .forks(1)
            .warmupForks(0)
            .warmupIterations(timing.warmups())
            .warmupTime(iteration)
            .measurementIterations(timing.iterations())
            .measurementTime(iteration)
            .addProfiler(GCProfiler.class)
            .addProfiler(RooflineProfiler.class)
            .addProfiler(FactsProfiler.class)
            .jvmArgs(flags.toArray(String[]::new))
            .jvmArgsPrepend()
            .shouldFailOnError(false);
    for (Map.Entry<String, String> parameter : asked.parameters().entrySet()) {
      options.param(parameter.getKey(), parameter.getValue());
    }
    return options;
  }

  /** The first thing that went wrong, from what the fork said. */
  static ForkOutcome outcome(String text) {
    for (String line : text.lines().toList()) {
      Matcher matcher = REASON.matcher(line);
      if (matcher.matches()) {
        String failure = matcher.group(1);
        String message = matcher.group(2);
        if (failure.equals(WrongAnswer.class.getSimpleName())) {
          return new ForkOutcome.Wrong(message);
        }
        return new ForkOutcome.Failed(
            failure.endsWith("Refusal") ? message : failure + ": " + message);
      }
      if (line.contains("OutOfMemoryError")) {
        return new ForkOutcome.Failed("out of memory");
      }
    }
    return new ForkOutcome.Failed("the fork failed");
  }
}
