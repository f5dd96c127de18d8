package dev.slate.bench.run;

import com.sun.management.OperatingSystemMXBean;
import dev.slate.bench.dataset.VectorSource;
import dev.slate.bench.suite.StrategyChoice;
import dev.slate.data.InputException;
import dev.slate.kernel.Metric;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * All questions of a run, from the options.
 *
 * @param data items and queries
 * @param ks sizes of the answer
 * @param metrics how to score
 * @param threads how many threads share an operation
 * @param queries how many queries an operation answers, each
 * @param densities shares of the items that a filter admits; 1 for no filter
 */
record Questions(
    List<VectorSource> data,
    List<Integer> ks,
    List<Metric> metrics,
    List<Integer> threads,
    List<Integer> queries,
    List<Double> densities) {
  private static final double MEMORY_SHARE = 0.85;

  Questions {
    ks.forEach(k -> atLeastOne("-k", k));
    threads.forEach(team -> atLeastOne("--threads", team));
    queries.forEach(batch -> atLeastOne("--queries", batch));
    for (double density : densities) {
      if (!(density > 0 && density <= 1)) {
        throw new InputException(
            "--density", "must be above 0 and at most 1, but it is " + density);
      }
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
    for (Question question : questions()) {
      for (BenchSubject subject : subjects(question, strategies, quick, installed)) {
        Case asked = new Case(subject, question);
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

  private static List<BenchSubject> subjects(
      Question question, @Nullable List<StrategyChoice> strategies, boolean quick, Peers peers) {
    List<BenchSubject> subjects = new ArrayList<>();
    for (StrategyChoice strategy : strategies == null ? suiting(question, quick) : strategies) {
      subjects.add(new BenchSubject.Kernel(strategy));
    }
    if (question.threads() == 1 && !question.filtered()) {
      peers.subjects().stream()
          .filter(peer -> question.queries() == 1 || peer.batches())
          .forEach(subjects::add);
    }
    return subjects;
  }

  private static List<StrategyChoice> suiting(Question question, boolean quick) {
    if (question.queries() > 1) {
      return List.of(StrategyChoice.SCAN);
    }
    return quick
        ? List.of(StrategyChoice.SCAN, StrategyChoice.TREE)
        : List.of(StrategyChoice.SCAN, StrategyChoice.TREE, StrategyChoice.QUANTIZED);
  }

  private List<Question> questions() {
    List<Question> questions = new ArrayList<>();
    for (VectorSource source : data) {
      for (Metric metric : metrics) {
        for (int batch : queries) {
          for (int k : ks) {
            questions.addAll(questions(source, k, metric, batch));
          }
        }
      }
    }
    return questions.stream().distinct().toList();
  }

  /** A batch has no filter. */
  private List<Question> questions(VectorSource source, int k, Metric metric, int batch) {
    return threads.stream()
        .flatMap(
            team ->
                densities.stream()
                    .filter(density -> batch == 1 || density == 1)
                    .map(density -> new Question(source, k, metric, team, batch, density)))
        .toList();
  }

  private static String refusal(Case asked) {
    Question question = asked.question();
    String reason = asked.subject().refusal(question.metric(), question.n(), question.d());
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
