package dev.slate.bench.run;

import dev.slate.bench.peers.JvmPeer;
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
 * @param subject who answers
 * @param shape what is asked
 */
public record Case(Subject subject, Shape shape) {
  private static final long JVM_HEAP = 512L << 20;
  private static final long STEP = 64L << 20;

  /** Name of the JMH benchmark. */
  String benchmark() {
    boolean batch = shape.queries() > 1;
    Class<?> suite =
        switch (subject) {
          case Subject.Kernel kernel ->
              shape.filtered()
                  ? FilterBenchmark.class
                  : batch ? BatchBenchmark.class : SearchBenchmark.class;
          case Subject.Peer peer ->
              switch (peer.rival()) {
                case JvmPeer jvm -> batch ? PeerBatchBenchmark.class : PeerBenchmark.class;
                case NativePeer process -> NativePeer.class;
              };
        };
    return suite.getName() + ".search";
  }

  /** Parameters of the JMH benchmark. */
  Map<String, String> parameters() {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("distribution", shape.distribution().name());
    parameters.put("n", Integer.toString(shape.n()));
    parameters.put("d", Integer.toString(shape.d()));
    parameters.put("k", Integer.toString(shape.k()));
    parameters.put("metric", shape.metric().name());
    parameters.put("threads", Integer.toString(shape.threads()));
    switch (subject) {
      case Subject.Kernel kernel -> parameters.put("strategy", kernel.chosen().name());
      case Subject.Peer peer -> parameters.put("peer", peer.name());
    }
    if (shape.queries() > 1) {
      parameters.put("queries", Integer.toString(shape.queries()));
    }
    if (shape.filtered()) {
      parameters.put("filter", FilterState.Filter.ALLOW.name());
      parameters.put("density", Double.toString(shape.density()));
    }
    return parameters;
  }

  /** Heap of a fork, in bytes: the subject, the memory stream, and what a JVM and JMH need. */
  long heap() {
    long bytes = subject.heap(shape.n(), shape.d()) + MemoryStream.heap(shape.bytes()) + JVM_HEAP;
    return (bytes * 9 / 8 + STEP - 1) / STEP * STEP;
  }

  /** Tells this case from the others of a run, in the name of a file. */
  String key() {
    return shape.dataKey()
        + "-k"
        + shape.k()
        + "-"
        + shape.metric()
        + "-t"
        + shape.threads()
        + "-q"
        + shape.queries()
        + "-f"
        + shape.density()
        + "-"
        + subject.name()
        + "-"
        + subject.strategy();
  }
}
