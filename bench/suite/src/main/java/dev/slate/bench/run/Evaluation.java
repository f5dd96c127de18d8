package dev.slate.bench.run;

import dev.slate.bench.report.Measurement;
import dev.slate.bench.report.SummaryRow;
import dev.slate.bench.results.Series;
import dev.slate.bench.roofline.RooflineProfiler;
import dev.slate.bench.suite.Facts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;

/**
 * Turns the forks of a case into a row. The sample is the fork: each gives one median, one 99th
 * percentile and one share; the median of the forks is quoted. A share is taken iteration by
 * iteration, between neighbours in time.
 */
final class Evaluation {
  private Evaluation() {}

  static Measurement of(Case asked, Collection<BenchmarkResult> forks) {
    Question question = asked.question();
    double[] p50 =
        each(forks, fork -> percentile(fork.getPrimaryResult(), 50) / question.queries());
    double[] p99 = each(forks, fork -> p99(fork) / question.queries());
    double[] streamShare =
        each(forks, fork -> share(fork, RooflineProfiler.STREAM, question.queries()));
    Map<String, Double> facts = facts(forks);
    List<Double> forkP50 = list(p50);
    List<Double> forkStreamShare = list(streamShare);
    double time = Series.median(p50);
    SummaryRow row =
        new SummaryRow(
            asked.subject().name(),
            asked.subject().strategy(),
            Question.lower(question.metric()),
            question.data().title(),
            question.n(),
            question.d(),
            question.k(),
            question.threads(),
            question.queries(),
            question.density(),
            forks.size(),
            time,
            Series.median(p99),
            question.bytes() / time / 1e3,
            Series.median(streamShare),
            Series.median(
                each(forks, fork -> share(fork, RooflineProfiler.PEAK, question.queries()))),
            facts.getOrDefault(Facts.ALLOCATED, Double.NaN),
            facts.getOrDefault(Facts.RECALL, Double.NaN),
            facts.getOrDefault(Facts.BUILD, Double.NaN));
    return new Measurement(
        row, asked.subject().title(), question.title(), forkP50, forkStreamShare, facts);
  }

  /** The ceiling's time over the time of a query, the median over a fork's iterations. */
  private static double share(BenchmarkResult fork, String ceiling, int queries) {
    List<Double> shares = new ArrayList<>();
    for (IterationResult iteration : fork.getIterationResults()) {
      Result<?> beside = secondary(iteration, ceiling);
      if (beside != null) {
        shares.add(beside.getScore() * queries / percentile(iteration.getPrimaryResult(), 50));
      }
    }
    return Series.median(shares.stream().mapToDouble(Double::doubleValue).toArray());
  }

  /** JMH's own percentile, unless the operations are too fast for it: see {@link Facts#P99}. */
  private static double p99(BenchmarkResult fork) {
    double[] own =
        fork.getIterationResults().stream()
            .map(iteration -> secondary(iteration, Facts.P99))
            .filter(Objects::nonNull)
            .mapToDouble(Result::getScore)
            .toArray();
    return own.length > 0 ? Series.median(own) : percentile(fork.getPrimaryResult(), 99);
  }

  private static @Nullable Result<?> secondary(IterationResult iteration, String name) {
    return (Result<?>) iteration.getSecondaryResults().get(name);
  }

  private static double percentile(Result<?> result, double rank) {
    return result.getStatistics().getPercentile(rank);
  }

  private static Map<String, Double> facts(Collection<BenchmarkResult> forks) {
    Map<String, List<Double>> values = new TreeMap<>();
    for (BenchmarkResult fork : forks) {
      for (Map.Entry<?, ?> entry : fork.getSecondaryResults().entrySet()) {
        double score = ((Result<?>) entry.getValue()).getScore();
        values.computeIfAbsent((String) entry.getKey(), name -> new ArrayList<>()).add(score);
      }
    }
    Map<String, Double> medians = new TreeMap<>();
    values.forEach(
        (name, all) ->
            medians.put(
                name, Series.median(all.stream().mapToDouble(Double::doubleValue).toArray())));
    return medians;
  }

  private static List<Double> list(double[] values) {
    return Arrays.stream(values).boxed().toList();
  }

  private static double[] each(
      Collection<BenchmarkResult> forks, ToDoubleFunction<BenchmarkResult> value) {
    return forks.stream().mapToDouble(value).toArray();
  }
}
