package dev.slate.bench.run;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a run measures.
 *
 * @param cases in the order of the table: those of one question follow each other
 * @param timing how long each fork measures
 */
record RunPlan(List<Case> cases, ForkTiming timing) {
  private static final double JVM_SECONDS = 1.5;
  private static final double BUILT_BYTES_PER_SECOND = 0.5e9;
  private static final double GRAPH_SECONDS_PER_ITEM = 5e-4;
  private static final double READ_BYTES_PER_SECOND = 8e9;
  private static final double ATTRIBUTES_PER_SECOND = 20e9;

  RunPlan {
    cases = List.copyOf(cases);
  }

  /** The questions, each once, in order. */
  List<Question> questions() {
    return cases.stream().map(Case::question).distinct().toList();
  }

  List<Case> of(Question question) {
    return cases.stream().filter(each -> each.question().equals(question)).toList();
  }

  /** Seconds that a fork is expected to take. */
  double expected(Case asked) {
    Question question = asked.question();
    double operation =
        Math.max(
            question.bytes() / READ_BYTES_PER_SECOND,
            (double) question.n() * question.d() * question.queries() / ATTRIBUTES_PER_SECOND);
    double iteration = Math.max(timing.iteration().toMillis() / 1e3, operation);
    return JVM_SECONDS
        + question.bytes() / BUILT_BYTES_PER_SECOND
        + graph(asked)
        + Math.max(1.5 * timing.warmUp().toMillis() / 1e3, 2 * operation)
        + (timing.warmups() + timing.iterations()) * (iteration + 0.1);
  }

  /** Seconds to link the items of a graph, by all processors, which take longer than all else. */
  private double graph(Case asked) {
    double links = GRAPH_SECONDS_PER_ITEM * asked.question().n();
    return asked.subject().strategy().startsWith("graph")
        ? Math.min(
            links / Runtime.getRuntime().availableProcessors(),
            timing.buildLimit().toMillis() / 1e3)
        : 0;
  }

  double expected() {
    return timing.forks() * cases.stream().mapToDouble(this::expected).sum();
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
    lines.add(timing.toString());
    questions().stream().map(each -> each.data().fingerprint()).distinct().forEach(lines::add);
    return lines.stream().collect(Collectors.joining("\n", "", "\n"))
        + cases.stream().map(Case::key).collect(Collectors.joining("\n", "", "\n"));
  }
}
