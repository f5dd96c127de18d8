package dev.slate.bench.run;

import com.sun.management.OperatingSystemMXBean;
import dev.slate.bench.suite.StrategyChoice;
import dev.slate.data.Distribution;
import dev.slate.data.InputException;
import dev.slate.data.World;
import dev.slate.kernel.Metric;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The shapes that the options ask for, and who answers them.
 *
 * @param items numbers of items
 * @param dims numbers of attributes
 * @param ks sizes of the answer
 * @param metrics how to score
 * @param distributions how items and queries are drawn
 * @param threads how many threads share an operation
 * @param queries how many queries an operation answers, each
 * @param densities shares of the items that a filter admits; 1 for no filter
 */
record Questions(
    List<Integer> items,
    List<Integer> dims,
    List<Integer> ks,
    List<Metric> metrics,
    List<Distribution> distributions,
    List<Integer> threads,
    List<Integer> queries,
    List<Double> densities) {
  private static final double MEMORY_SHARE = 0.85;

  Questions {
    for (int d : dims) {
      if (d < 1 || d > 4096) {
        throw new InputException("--dims", "must be from 1 to 4096, but it is " + d);
      }
    }
    ks.forEach(k -> atLeastOne("-k", k));
    threads.forEach(team -> atLeastOne("--threads", team));
    queries.forEach(batch -> atLeastOne("--queries", batch));
    for (double density : densities) {
      if (!(density > 0 && density <= 1)) {
        throw new InputException(
            "--density", "must be above 0 and at most 1, but it is " + density);
      }
    }
    if (distributions.contains(Distribution.MEMOTION)
        && dims.stream().anyMatch(d -> d != World.MEMOTION_DIMENSIONS)) {
      throw new InputException(
          "--dims",
          "memotion has " + World.MEMOTION_DIMENSIONS + " attributes; ask for those only");
    }
  }

  private static void atLeastOne(String option, int value) {
    if (value < 1) {
      throw new InputException(option, "must be at least 1, but it is " + value);
    }
  }

  /**
   * Every subject for every question; what cannot be measured goes to the refusals.
   *
   * @param strategies null for those that suit the question
   * @param quick leave out what is slow to build
   * @param peers which
   * @param refusals takes what is left out
   */
  List<Case> cases(
      @Nullable List<StrategyChoice> strategies, boolean quick, Peers peers, Refusals refusals) {
    Peers installed = peers.installed(refusals);
    List<Case> cases = new ArrayList<>();
    for (Shape shape : shapes()) {
      for (Subject subject : subjects(shape, strategies, quick, installed)) {
        Case asked = new Case(subject, shape);
        String reason = refusal(asked);
        if (reason.isEmpty()) {
          cases.add(asked);
        } else {
          refusals.add(asked, reason);
        }
      }
    }
    return cases;
  }

  private static List<Subject> subjects(
      Shape shape, @Nullable List<StrategyChoice> strategies, boolean quick, Peers peers) {
    List<Subject> subjects = new ArrayList<>();
    for (StrategyChoice strategy : strategies == null ? suiting(shape, quick) : strategies) {
      subjects.add(new Subject.Kernel(strategy));
    }
    if (shape.threads() == 1 && !shape.filtered()) {
      peers.subjects().stream()
          .filter(peer -> shape.queries() == 1 || peer.batches())
          .forEach(subjects::add);
    }
    return subjects;
  }

  private static List<StrategyChoice> suiting(Shape shape, boolean quick) {
    if (shape.queries() > 1) {
      return List.of(StrategyChoice.SCAN);
    }
    return quick
        ? List.of(StrategyChoice.SCAN, StrategyChoice.TREE)
        : List.of(StrategyChoice.SCAN, StrategyChoice.TREE, StrategyChoice.QUANTIZED);
  }

  private List<Shape> shapes() {
    List<Shape> shapes = new ArrayList<>();
    for (Distribution distribution : distributions) {
      for (int d : dims) {
        for (int n : items) {
          for (Metric metric : metrics) {
            for (int batch : queries) {
              for (int k : ks) {
                shapes.addAll(shapes(distribution, n, d, k, metric, batch));
              }
            }
          }
        }
      }
    }
    return shapes.stream().distinct().toList();
  }

  /** A batch has no filter. */
  private List<Shape> shapes(
      Distribution distribution, int n, int d, int k, Metric metric, int batch) {
    return threads.stream()
        .flatMap(
            team ->
                densities.stream()
                    .filter(density -> batch == 1 || density == 1)
                    .map(density -> new Shape(distribution, n, d, k, metric, team, batch, density)))
        .toList();
  }

  private static String refusal(Case asked) {
    Shape shape = asked.shape();
    String reason = asked.subject().refusal(shape.metric(), shape.n(), shape.d());
    if (!reason.isEmpty()) {
      return reason;
    }
    long memory =
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
    return asked.heap() > memory * MEMORY_SHARE
        ? String.format(Locale.ROOT, "needs %.1f GB of heap", asked.heap() / 1e9)
        : "";
  }
}
