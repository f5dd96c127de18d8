package dev.slate.bench.run;

import dev.slate.bench.dataset.DataSet;
import dev.slate.bench.dataset.ExactAnswers;
import dev.slate.bench.peers.Installation;
import dev.slate.bench.peers.NativePeer;
import dev.slate.bench.suite.Facts;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.results.BenchmarkResult;

/**
 * Runs a native peer once, in a process of its own with one thread, on the files that the forks
 * read. Its answers are compared with those that the forks are compared with, and its samples are
 * given the form of a fork's.
 */
final class NativeRunner {
  private final ForkTiming timing;
  private final Path data;
  private final Path programs;
  private final Path log;

  /**
   * Creates a runner.
   *
   * @param timing how long to measure
   * @param data directory of items, queries and right answers
   * @param programs directory for what is compiled
   * @param log what the programs complain of is appended to it
   */
  NativeRunner(ForkTiming timing, Path data, Path programs, Path log) {
    this.timing = timing;
    this.data = data;
    this.programs = programs;
    this.log = log;
  }

  ForkOutcome run(Case asked, NativePeer peer) throws IOException {
    Installation installation = Installation.find(peer).orElse(null);
    if (installation == null) {
      return new ForkOutcome.Failed("it is not installed any more");
    }
    Path answers = data.resolve("answers.ivecs");
    Path samples = data.resolve("samples");
    List<String> command = new ArrayList<>(installation.command(programs, asked.question().d()));
    command.addAll(options(asked.question(), answers, samples));
    String failure = execute(command);
    if (!failure.isEmpty()) {
      return new ForkOutcome.Failed(failure);
    }
    Map<String, Double> facts = Map.of(Facts.RECALL, recall(asked.question(), answers));
    BenchmarkResult result =
        new NativeResult(asked, timing, installation.version()).of(longs(samples), facts);
    Files.delete(answers);
    Files.delete(samples);
    return new ForkOutcome.Measured(result);
  }

  /** Deletes what was compiled. */
  void clear() throws IOException {
    SavedForks.delete(programs);
  }

  private List<String> options(Question question, Path answers, Path samples) {
    List<String> options = new ArrayList<>();
    Duration measured = timing.iteration().multipliedBy(timing.iterations());
    options.addAll(List.of("--items", data.resolve(question.itemsFile()).toString()));
    options.addAll(List.of("--queries", data.resolve(question.queriesFile()).toString()));
    options.addAll(List.of("-k", Integer.toString(question.k())));
    options.addAll(List.of("--metric", Question.lower(question.metric())));
    options.addAll(List.of("--warmup", Double.toString(timing.warmUp().toMillis() / 1e3)));
    options.addAll(List.of("--seconds", Double.toString(measured.toMillis() / 1e3)));
    options.addAll(List.of("--checked", Integer.toString(ExactAnswers.CHECKED)));
    options.addAll(List.of("--answers", answers.toString(), "--samples", samples.toString()));
    if (question.queries() > 1) {
      options.addAll(List.of("--batch", Integer.toString(question.queries())));
    }
    return options;
  }

  /** Runs a program; what went wrong, or an empty string. */
  private String execute(List<String> command) throws IOException {
    Files.writeString(log, String.join(" ", command) + "\n", ForkRunner.APPEND);
    ProcessBuilder.Redirect toLog = ProcessBuilder.Redirect.appendTo(log.toFile());
    Process process =
        new ProcessBuilder(command).redirectOutput(toLog).redirectError(toLog).start();
    Duration limit =
        timing
            .buildLimit()
            .plus(timing.warmUp())
            .plus(timing.iteration().multipliedBy(timing.iterations()))
            .plus(timing.queryLimit().multipliedBy(2));
    try {
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        return "takes longer than " + limit.toSeconds() + " s";
      }
      int code = process.exitValue();
      return code == 0 ? "" : "its program ended with " + code + "; jmh.log says why";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "was interrupted";
    } finally {
      process.destroyForcibly();
    }
  }

  private double recall(Question question, Path found) throws IOException {
    ExactAnswers right = ExactAnswers.read(data.resolve(question.answersFile()));
    DataSet set =
        DataSet.open(data.toString(), question.data().parameter(), question.n(), question.d());
    IntBuffer ints = bytes(found).asIntBuffer();
    int checked = Math.min(ExactAnswers.CHECKED, right.ordinals().length);
    double recall = 0;
    for (int q = 0; q < checked; q++) {
      int[] ordinals = new int[ints.get()];
      ints.get(ordinals);
      recall += right.recall(set, q, ordinals);
    }
    return recall / checked;
  }

  private static long[] longs(Path file) throws IOException {
    LongBuffer buffer = bytes(file).asLongBuffer();
    long[] longs = new long[buffer.remaining()];
    buffer.get(longs);
    return longs;
  }

  private static ByteBuffer bytes(Path file) throws IOException {
    return ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
  }
}
