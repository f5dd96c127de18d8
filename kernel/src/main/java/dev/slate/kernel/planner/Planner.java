package dev.slate.kernel.planner;

import dev.slate.kernel.Catalog;
import dev.slate.kernel.Metric;
import dev.slate.kernel.Plan;
import dev.slate.kernel.Planning;
import dev.slate.kernel.parallel.WorkerGroup;
import dev.slate.kernel.search.Engine;
import dev.slate.kernel.strategy.BuildInput;
import dev.slate.kernel.strategy.BuildSize;
import dev.slate.kernel.strategy.CostEstimate;
import dev.slate.kernel.strategy.SampleProfile;
import dev.slate.kernel.strategy.SearchStrategy;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.DoubleFunction;

/**
 * Chooses the strategy of an index.
 *
 * <p><b>Sample.</b> One item in 16, at least 4,096, is drawn at random, and 16 queries: the
 * caller's where there are some, else items that are left out of the sample ({@link
 * SampleProfile}). Below 2,048 items no strategy prunes enough to be worth a trial, and the scan is
 * taken.
 *
 * <p><b>Counts.</b> Each strategy builds a small index of the sample, searches it for the queries,
 * and counts the items it scores, the blocks it visits and the bytes it reads. It extrapolates the
 * counts to n items, by rules of its own.
 *
 * <p><b>Costs.</b> Counts times prices give the cost of a search, in the time of a byte read from
 * memory ({@link dev.slate.kernel.strategy.SearchCost}), for each number of items that queries may
 * want: the expected k, or 1, 10, 100 and 1,000.
 *
 * <p><b>Choice.</b> The <i>regret</i> of a strategy is the largest ratio of its cost to the least
 * cost of all strategies, over the numbers wanted. The strategy of the least regret is taken
 * (minimax). The first one, the scan, is preferred to others whose costs are at least 96 % of its
 * own: it builds faster.
 *
 * <p>{@link Planning#ESTIMATED} ends here. Neither a clock nor the machine, except for its vector
 * width, has a part in it, so the same items and options give the same plan. {@link
 * Planning#MEASURED} builds every strategy whose regret is at most 3.5 times the least, times
 * searches of all items, and applies the same choice to times instead of costs ({@link
 * StrategyTimer}).
 *
 * <p>Deciding by a trial on a sample is the idea of OPTIMUS (Abuzaid et al., arXiv 1706.01449).
 */
public final class Planner {
  /** Below this many items no trial is worth its time. */
  private static final int FEWEST_ITEMS = 2_048;

  /** Numbers of items wanted where the caller expects none. */
  private static final int[] WANTED = {1, 10, 100, 1_000};

  /** Larger k than n divided by this are not considered: they are rarely wanted. */
  private static final int MOST_WANTED_SHARE = 10;

  /** Ratio to the cost of a scan from which on the scan is preferred: it builds faster. */
  private static final double LEAST_GAIN = 0.96;

  /** Ratio of regrets up to which a strategy is timed: estimates are rarely off by more. */
  private static final double TIMED_REGRET = 3.5;

  /**
   * Builds of the size of the sample that a trial holds at once: one of the sample, others of parts
   * of it, which together are not larger.
   */
  private static final int TRIAL = 2;

  private static final MathContext DIGITS = new MathContext(3);

  private final List<SearchStrategy> strategies;
  private final Catalog items;
  private final Metric metric;
  private final float[][] expected;
  private final int[] wanted;

  /**
   * Prepares to plan.
   *
   * @param strategies among which to choose, the scan first
   * @param items the catalogue
   * @param metric how items are scored
   * @param k number of items that queries will want; 0 if that is not known
   * @param expected queries such as will come; none if they will be like the items
   */
  public Planner(
      List<SearchStrategy> strategies, Catalog items, Metric metric, int k, float[][] expected) {
    this.strategies = strategies;
    this.items = items;
    this.metric = metric;
    this.expected = expected;
    int n = items.size();
    this.wanted =
        k > 0
            ? new int[] {Math.clamp(k, 1, Math.max(1, n))}
            : Arrays.stream(WANTED).filter(w -> w == 1 || w <= n / MOST_WANTED_SHARE).toArray();
  }

  /**
   * A chosen strategy, built.
   *
   * @param engine the index
   * @param plan the choice
   */
  public record Planned(Engine engine, Plan plan) {}

  /**
   * Chooses and builds.
   *
   * @param planning how to choose
   * @param workers the threads that share the build
   * @throws IllegalArgumentException if an attribute or a bias is not finite, naming row and column
   */
  public Planned build(Planning planning, WorkerGroup workers) {
    if (items.size() < FEWEST_ITEMS) {
      SearchStrategy scan = strategies.get(0);
      String reason = items.size() + " items are too few to prune";
      return built(scan, Map.of(), List.of(reason), workers);
    }
    SampleProfile sample = new SampleProfile(items, metric, wanted, expected);
    List<Contender> contenders = new ArrayList<>();
    for (SearchStrategy each : strategies) {
      CostEstimate estimate = each.estimate(sample);
      if (estimate != null) {
        contenders.add(new Contender(each, estimate.settings(), estimate.costs()));
      }
    }
    if (planning == Planning.MEASURED) {
      List<Contender> close = close(contenders);
      if (close.size() > 1) {
        return timed(close, workers);
      }
    }
    Contender best = best(contenders);
    List<String> reasons = compared(contenders);
    reasons.add("estimated from " + sample.size() + " of " + sample.n + " items");
    return built(best.strategy, best.settings, reasons, workers);
  }

  /**
   * Estimates the heap that planning and building take at their peak, from above: the sample, a
   * trial of each strategy on it, and the index of the strategy that takes the most; where
   * strategies are timed, those of all.
   *
   * @param planning how to choose
   * @param threads that share the build
   * @return bytes
   */
  public long peakBytes(Planning planning, int threads) {
    BuildSize size = BuildSize.of(items, threads);
    if (items.size() < FEWEST_ITEMS) {
      return strategies.get(0).peakBytes(size);
    }
    BuildSize sample = size.sample(SampleProfile.size(items.size(), items.dimensions()));
    long trials = 0;
    long most = 0;
    long all = 0;
    for (SearchStrategy each : strategies) {
      trials = Math.max(trials, TRIAL * each.peakBytes(sample));
      most = Math.max(most, each.peakBytes(size));
      all += each.peakBytes(size);
    }
    long rows = sample.n() * sample.width() * Float.BYTES;
    return rows + trials + (planning == Planning.MEASURED ? all : most);
  }

  private Planned built(
      SearchStrategy strategy,
      Map<String, Integer> settings,
      List<String> reasons,
      WorkerGroup workers) {
    Engine engine = strategy.build(BuildInput.of(items, metric, settings, workers));
    return planned(strategy, settings, reasons, engine);
  }

  private static Planned planned(
      SearchStrategy strategy, Map<String, Integer> settings, List<String> reasons, Engine engine) {
    List<String> all = new ArrayList<>(reasons);
    all.addAll(engine.description());
    return new Planned(engine, new Plan(strategy.name(), settings, all));
  }

  private Planned timed(List<Contender> close, WorkerGroup workers) {
    List<Engine> engines = new ArrayList<>();
    for (Contender each : close) {
      engines.add(each.strategy.build(BuildInput.of(items, metric, each.settings, workers)));
    }
    double[][] nanos =
        new StrategyTimer(items, metric, expected, System::nanoTime).time(engines, wanted);
    List<Contender> times = new ArrayList<>();
    List<String> reasons = new ArrayList<>();
    for (int i = 0; i < close.size(); i++) {
      Contender each = close.get(i);
      times.add(new Contender(each.strategy, each.settings, nanos[i]));
      reasons.add(title(each.strategy) + " takes " + listed(nanos[i], Planner::time));
    }
    reasons.add("timed on all items");
    Contender best = best(times);
    return planned(best.strategy, best.settings, reasons, engines.get(times.indexOf(best)));
  }

  /** A strategy with the costs of its searches, estimated or timed, for each number wanted. */
  private record Contender(
      SearchStrategy strategy, Map<String, Integer> settings, double[] costs) {}

  /** The regret of a strategy among others. */
  private double regret(Contender one, List<Contender> among) {
    double worst = 0;
    for (int w = 0; w < wanted.length; w++) {
      int number = w;
      double least = among.stream().mapToDouble(c -> c.costs[number]).min().orElseThrow();
      worst = Math.max(worst, one.costs[w] / least);
    }
    return one.strategy.equals(strategies.get(0)) ? worst : worst / LEAST_GAIN;
  }

  private Contender best(List<Contender> among) {
    return among.stream().min(Comparator.comparingDouble(c -> regret(c, among))).orElseThrow();
  }

  /** The strategies whose regret is close to the least. */
  private List<Contender> close(List<Contender> among) {
    double most = TIMED_REGRET * regret(best(among), among);
    return among.stream().filter(c -> regret(c, among) <= most).toList();
  }

  /** Tells the costs of the strategies in units of the first one's, the scan's. */
  private List<String> compared(List<Contender> contenders) {
    double[] scan = contenders.get(0).costs;
    List<String> reasons = new ArrayList<>();
    for (Contender each : contenders.subList(1, contenders.size())) {
      double[] percent = each.costs.clone();
      Arrays.setAll(percent, w -> 100 * percent[w] / scan[w]);
      String costs = listed(percent, Planner::percent);
      reasons.add(title(each.strategy) + " would cost " + costs + " of a scan");
    }
    return reasons;
  }

  private static String title(SearchStrategy strategy) {
    return strategy.name().name().toLowerCase(Locale.ROOT);
  }

  /** Values for each number wanted. */
  private String listed(double[] values, DoubleFunction<String> text) {
    List<String> parts = new ArrayList<>();
    for (int w = 0; w < values.length; w++) {
      parts.add(text.apply(values[w]) + " for k = " + wanted[w]);
    }
    return String.join(", ", parts);
  }

  private static String percent(double value) {
    return digits(value) + " %";
  }

  private static String time(double nanos) {
    return nanos < 1e6 ? digits(nanos / 1e3) + " µs" : digits(nanos / 1e6) + " ms";
  }

  private static String digits(double value) {
    return new BigDecimal(value, DIGITS).toPlainString();
  }
}
