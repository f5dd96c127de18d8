package dev.slate.bench.run;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a run measures.
 *
 * @param cases in the order of the table: those of one shape follow each other
 * @param pace how long each fork measures
 */
record Plan(List<Case> cases, Pace pace) {
  private static final double JVM_SECONDS = 1.5;
  private static final double BUILT_BYTES_PER_SECOND = 0.5e9;
  private static final double GRAPH_SECONDS_PER_ITEM = 5e-4;
  private static final double READ_BYTES_PER_SECOND = 8e9;
  private static final double ATTRIBUTES_PER_SECOND = 20e9;

  Plan {
    cases = List.copyOf(cases);
  }

  /** The questions, each once, in order. */
  List<Shape> shapes() {
    return cases.stream().map(Case::shape).distinct().toList();
  }

  List<Case> of(Shape shape) {
    return cases.stream().filter(each -> each.shape().equals(shape)).toList();
  }

  /** Seconds that a fork is expected to take. */
  double expected(Case asked) {
    Shape shape = asked.shape();
    double operation =
        Math.max(
            shape.bytes() / READ_BYTES_PER_SECOND,
            (double) shape.n() * shape.d() * shape.queries() / ATTRIBUTES_PER_SECOND);
    double iteration = Math.max(pace.iteration().toMillis() / 1e3, operation);
    return JVM_SECONDS
        + shape.bytes() / BUILT_BYTES_PER_SECOND
        + graph(asked)
        + Math.max(1.5 * pace.warmUp().toMillis() / 1e3, 2 * operation)
        + (pace.warmups() + pace.iterations()) * (iteration + 0.1);
  }

  /** Seconds to link the items of a graph, by all processors, which take longer than all else. */
  private double graph(Case asked) {
    double links = GRAPH_SECONDS_PER_ITEM * asked.shape().n();
    return asked.subject().strategy().equals("graph")
        ? Math.min(
            links / Runtime.getRuntime().availableProcessors(), pace.buildLimit().toMillis() / 1e3)
        : 0;
  }

  double expected() {
    return pace.forks() * cases.stream().mapToDouble(this::expected).sum();
  }

  /**
   * All that the numbers depend on, in lines: two runs with the same lines may be put together.
   *
   * @param build identifies the code
   * @param machine identifies the processor
   */
  String fingerprint(String build, String machine) {
    List<String> lines = new ArrayList<>();
    lines.add(build);
    lines.add(machine);
    lines.add(System.getProperty("java.vm.version", "") + " " + ForkRunner.flags());
    lines.add(pace.toString());
    return lines.stream().collect(Collectors.joining("\n", "", "\n"))
        + cases.stream().map(Case::key).collect(Collectors.joining("\n", "", "\n"));
  }
}
