package dev.slate.bench.run;

import dev.slate.bench.dataset.DataSet;
import dev.slate.bench.peers.JvmRival;
import dev.slate.bench.peers.NativePeer;
import dev.slate.bench.roofline.MemoryStream;
import dev.slate.bench.suite.BatchBenchmark;
import dev.slate.bench.suite.FilterBenchmark;
import dev.slate.bench.suite.FilterState;
import dev.slate.bench.suite.PeerBatchBenchmark;
import dev.slate.bench.suite.PeerBenchmark;
import dev.slate.bench.suite.SearchBenchmark;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One row of the result: a subject and a question.
 *
 * @param subject the subject
 * @param question the question
 */
public record Case(BenchSubject subject, Question question) {
  private static final long JVM_HEAP = 512L << 20;
  private static final long STEP = 64L << 20;

  /** Name of the JMH benchmark. */
  String benchmark() {
    boolean batch = question.queries() > 1;
    Class<?> suite =
        switch (subject) {
          case BenchSubject.Kernel kernel ->
              question.filtered()
                  ? FilterBenchmark.class
                  : batch ? BatchBenchmark.class : SearchBenchmark.class;
          case BenchSubject.PeerSubject peer ->
              switch (peer.rival()) {
                case JvmRival jvm -> batch ? PeerBatchBenchmark.class : PeerBenchmark.class;
                case NativePeer process -> NativePeer.class;
              };
        };
    return suite.getName() + ".search";
  }

  /** Parameters of the JMH benchmark. */
  Map<String, String> parameters() {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("distribution", question.data().parameter());
    parameters.put("n", Integer.toString(question.n()));
    parameters.put("d", Integer.toString(question.d()));
    parameters.put("k", Integer.toString(question.k()));
    parameters.put("metric", question.metric().name());
    parameters.put("threads", Integer.toString(question.threads()));
    switch (subject) {
      case BenchSubject.Kernel kernel -> parameters.put("strategy", kernel.chosen().name());
      case BenchSubject.PeerSubject peer -> parameters.put("peer", peer.rival().parameter());
    }
    if (question.queries() > 1) {
      parameters.put("queries", Integer.toString(question.queries()));
    }
    if (question.filtered()) {
      parameters.put("filter", FilterState.Filter.ALLOW.name());
      parameters.put("density", Double.toString(question.density()));
    }
    return parameters;
  }

  /** Heap of a fork, in bytes: the subject, the memory stream, and what a JVM and JMH need. */
  long heap() {
    long bytes =
        subject.heap(question.n(), question.d()) + MemoryStream.heap(question.bytes()) + JVM_HEAP;
    return (bytes * 9 / 8 + STEP - 1) / STEP * STEP;
  }

  /** Tells this case from the others of a run, in the name of a file. */
  String key() {
    return question.dataKey()
        + "-k"
        + question.k()
        + "-"
        + question.metric()
        + "-t"
        + question.threads()
        + "-q"
        + question.queries()
        + "-f"
        + question.density()
        + "-"
        + subject.name()
        + "-"
        + DataSet.fileName(subject.strategy());
  }
}
