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
  private static final double BYTES_PER_SECOND = 0.5e9;

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
    double measuring = 1.6 * pace.measuring().toMillis() / 1e3;
    return JVM_SECONDS + measuring + asked.shape().bytes() / BYTES_PER_SECOND;
  }

  double expected() {
    return pace.forks() * cases.stream().mapToDouble(this::expected).sum();
  }

  /** All that the numbers depend on, in lines: two runs with the same lines may be put together. */
  String fingerprint(String build) {
    List<String> lines = new ArrayList<>();
    lines.add(build);
    lines.add(System.getProperty("java.vm.version", "") + " " + ForkRunner.flags());
    lines.add(pace.toString());
    return lines.stream().collect(Collectors.joining("\n", "", "\n"))
        + cases.stream().map(Case::key).collect(Collectors.joining("\n", "", "\n"));
  }
}
