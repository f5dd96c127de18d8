package dev.slate.bench.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slate.bench.dataset.DataSet;
import dev.slate.bench.dataset.ExactAnswers;
import dev.slate.bench.dataset.VectorSource;
import dev.slate.bench.peers.Installation;
import dev.slate.bench.peers.NativePeer;
import dev.slate.bench.report.Measurement;
import dev.slate.bench.suite.Facts;
import dev.slate.data.Distribution;
import dev.slate.kernel.Metric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.openjdk.jmh.results.BenchmarkResult;

/** The programs of the native peers, where the libraries are installed; skips the others. */
class NativeRunnerTest {
  private static final ForkTiming TIMING = ForkTiming.quick(1).measuring(Duration.ofMillis(30));

  @TempDir Path directory;

  private ForkOutcome run(NativePeer peer, Question question) throws IOException {
    write(question);
    return measure(peer, question);
  }

  private void write(Question question) throws IOException {
    question.data().write(directory);
    DataSet set =
        DataSet.open(directory.toString(), question.data().parameter(), question.n(), question.d());
    ExactAnswers.find(set, question.metric(), question.k(), Runnable::run, 1)
        .write(answers(question));
  }

  private Path answers(Question question) {
    return directory.resolve(question.answersFile());
  }

  private ForkOutcome measure(NativePeer peer, Question question) throws IOException {
    NativeRunner runner =
        new NativeRunner(
            TIMING, directory, directory.resolve("programs"), directory.resolve("log"));
    return runner.run(new Case(new BenchSubject.PeerSubject(peer), question), peer);
  }

  private static Question question(Metric metric, int queries) {
    return new Question(
        new VectorSource.Generated(Distribution.CLUSTERED, 3000, 6), 10, metric, 1, queries, 1);
  }

  private static BenchmarkResult measured(ForkOutcome outcome, Path log) throws IOException {
    assertTrue(outcome instanceof ForkOutcome.Measured, outcome + "\n" + Files.readString(log));
    return ((ForkOutcome.Measured) outcome).result();
  }

  @ParameterizedTest
  @EnumSource
  void aNativePeerIsMeasuredLikeAFork(NativePeer peer) throws IOException {
    assumeTrue(Installation.find(peer).isPresent(), peer.id() + " is missing: " + peer.missing());
    Question question = question(Metric.EUCLIDEAN, 1);
    BenchmarkResult result = measured(run(peer, question), directory.resolve("log"));
    Measurement row =
        Evaluation.of(new Case(new BenchSubject.PeerSubject(peer), question), List.of(result));
    assertEquals(1, row.row().recall());
    assertTrue(row.row().p50Us() > 0.1 && row.row().p99Us() >= row.row().p50Us(), row::toString);
    assertEquals(TIMING.iterations(), result.getIterationResults().size());
    String json = JmhFile.render(List.of(List.of(result)));
    assertTrue(json.contains("\"peer\" : \"" + peer.id() + "\""), json);
  }

  @Test
  void itsAnswersAreCompared() throws IOException {
    NativePeer peer = NativePeer.FAISS_FLAT;
    assumeTrue(Installation.find(peer).isPresent(), "FAISS is missing: " + peer.missing());
    Question question = question(Metric.EUCLIDEAN, 1);
    write(question);
    ExactAnswers right = ExactAnswers.read(answers(question));
    right.scores()[0][9] = 0;
    right.write(answers(question));
    BenchmarkResult other = measured(measure(peer, question), directory.resolve("log"));
    double recall = other.getSecondaryResults().get(Facts.RECALL).getScore();
    assertEquals(1 - 1.0 / ExactAnswers.CHECKED, recall, 1e-9, "nothing is as near as 0");
  }

  @ParameterizedTest
  @CsvSource({"DOT,1", "COSINE,64"})
  void faissAnswersEveryMetricAndBatches(Metric metric, int queries) throws IOException {
    NativePeer peer = NativePeer.FAISS_FLAT;
    assumeTrue(Installation.find(peer).isPresent(), "FAISS is missing: " + peer.missing());
    BenchmarkResult result =
        measured(run(peer, question(metric, queries)), directory.resolve("log"));
    double recall = result.getSecondaryResults().get(Facts.RECALL).getScore();
    assertTrue(recall > 0.99, "recall " + recall);
  }

  @Test
  void aProgramThatFailsSaysSo() throws IOException {
    NativePeer peer = NativePeer.FAISS_FLAT;
    assumeTrue(Installation.find(peer).isPresent(), "FAISS is missing: " + peer.missing());
    ForkOutcome outcome = measure(peer, question(Metric.EUCLIDEAN, 1));
    assertEquals(new ForkOutcome.Failed("its program ended with 1; jmh.log says why"), outcome);
    assertTrue(Files.readString(directory.resolve("log")).contains("No such file"), "the log");
  }
}
