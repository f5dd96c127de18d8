package dev.slate.bench.run;

import com.sun.management.OperatingSystemMXBean;
import dev.slate.bench.peers.JvmPeer;
import dev.slate.data.InputException;
import dev.slate.kernel.Catalog;
import dev.slate.kernel.Index;
import dev.slate.kernel.Metric;
import dev.slate.kernel.Strategy;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/**
 * The shapes that the options ask for, and who answers them.
 *
 * @param items numbers of items
 * @param dims numbers of attributes
 * @param ks sizes of the answer
 * @param metrics how to score
 * @param distribution how items are drawn
 * @param threads how many threads share an operation
 * @param queries how many queries an operation answers
 */
record Questions(
    List<Integer> items,
    List<Integer> dims,
    List<Integer> ks,
    List<Metric> metrics,
    String distribution,
    int threads,
    int queries) {
  private static final double MEMORY_SHARE = 0.85;

  Questions {
    for (int d : dims) {
      if (d < 1 || d > 4096) {
        throw new InputException("--dims", d + " is not in 1..4096");
      }
    }
    for (int k : ks) {
      if (k < 1) {
        throw new InputException("-k", k + " is not at least 1");
      }
    }
    atLeastOne("--threads", threads);
    atLeastOne("--queries", queries);
  }

  private static void atLeastOne(String option, int value) {
    if (value < 1) {
      throw new InputException(option, value + " is not at least 1");
    }
  }

  static List<Integer> items(List<String> texts) {
    List<Integer> items = new ArrayList<>();
    for (String text : texts) {
      try {
        int scale = text.endsWith("m") ? 1_000_000 : text.endsWith("k") ? 1_000 : 1;
        String digits = scale == 1 ? text : text.substring(0, text.length() - 1);
        items.add(Math.multiplyExact(Integer.parseInt(digits), scale));
      } catch (NumberFormatException | ArithmeticException e) {
        throw new InputException(
            "--items", "'" + text + "' is not a number such as 500, 10k, 2m", e);
      }
    }
    return items;
  }

  /** Every subject for every question; what cannot be measured goes to the refusals. */
  List<Case> cases(List<Strategy> strategies, PeerChoice peers, Refusals refusals) {
    List<Subject> subjects = new ArrayList<>();
    for (Strategy strategy : strategies) {
      String reason = refusal(strategy);
      if (reason.isEmpty()) {
        subjects.add(new Subject.Kernel(strategy));
      } else {
        refusals.add(new Subject.Kernel(strategy).title(), reason);
      }
    }
    if (peers != PeerChoice.NONE) {
      for (JvmPeer peer : JvmPeer.values()) {
        subjects.add(new Subject.Jvm(peer));
      }
    }
    List<Case> cases = new ArrayList<>();
    for (Shape shape : shapes()) {
      for (Subject subject : subjects) {
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

  private List<Shape> shapes() {
    List<Shape> shapes = new ArrayList<>();
    for (int d : dims) {
      for (Metric metric : metrics) {
        for (int n : items) {
          for (int k : ks) {
            shapes.add(new Shape(distribution, n, d, k, metric, threads, queries));
          }
        }
      }
    }
    return shapes;
  }

  private static String refusal(Case asked) {
    Shape shape = asked.shape();
    if (asked.subject() instanceof Subject.Jvm jvm) {
      if (shape.threads() > 1 || shape.queries() > 1) {
        return "answers one query at a time on one thread";
      }
      String reason = jvm.peer().refusal(shape.metric(), shape.n(), shape.d());
      if (!reason.isEmpty()) {
        return reason;
      }
    }
    long memory =
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
    return asked.heap() > memory * MEMORY_SHARE
        ? String.format(java.util.Locale.ROOT, "needs %.1f GB of heap", asked.heap() / 1e9)
        : "";
  }

  /** Asks the kernel itself, with one item, whether it has a strategy. */
  private static String refusal(Strategy strategy) {
    try {
      Index.builder(Catalog.of(new float[1], 1)).strategy(strategy).build();
      return "";
    } catch (IllegalArgumentException e) {
      return String.valueOf(e.getMessage());
    }
  }
}
