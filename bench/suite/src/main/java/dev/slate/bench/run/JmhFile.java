package dev.slate.bench.run;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.WorkloadParams;

/**
 * {@code results.json}: forks that ran one by one, put together as JMH writes them. The flags are
 * those that the JVM runs under: where the data lay and what the limits were is left out, so that
 * the results of two directories can be compared.
 */
final class JmhFile {
  private JmhFile() {}

  /**
   * Renders results.
   *
   * @param cases the forks of each case
   * @return the JSON of JMH
   */
  static String render(List<Collection<BenchmarkResult>> cases) {
    List<RunResult> runs = new ArrayList<>();
    for (Collection<BenchmarkResult> forks : cases) {
      runs.add(new RunResult(params(forks), forks));
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (PrintStream out = new PrintStream(bytes, false, StandardCharsets.UTF_8)) {
      ResultFormatFactory.getInstance(ResultFormatType.JSON, out).writeOut(runs);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  /** The parameters of the forks, which differ in nothing, with their true number. */
  private static BenchmarkParams params(Collection<BenchmarkResult> forks) {
    BenchmarkParams one = forks.iterator().next().getParams();
    WorkloadParams workload = new WorkloadParams();
    int index = 0;
    for (Object key : one.getParamsKeys()) {
      workload.put((String) key, one.getParam((String) key), index++);
    }
    List<String> labels = new ArrayList<>();
    one.getThreadGroupLabels().forEach(label -> labels.add(String.valueOf(label)));
    return new BenchmarkParams(
        one.getBenchmark(),
        one.generatedBenchmark(),
        one.shouldSynchIterations(),
        one.getThreads(),
        Arrays.copyOf(one.getThreadGroups(), one.getThreadGroups().length),
        labels,
        forks.size(),
        one.getWarmupForks(),
        one.getWarmup(),
        one.getMeasurement(),
        one.getMode(),
        workload,
        one.getTimeUnit(),
        one.getOpsPerInvocation(),
        one.getJvm(),
        one.getJvmArgs().stream().filter(flag -> !flag.startsWith(ForkRunner.OWN)).toList(),
        one.getJdkVersion(),
        one.getVmName(),
        one.getVmVersion(),
        one.getJmhVersion(),
        one.getTimeout());
  }
}
