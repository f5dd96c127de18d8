package dev.slate.kernel;

import dev.slate.kernel.simd.Simd;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what the strategies would cost by trying: indexes a sample of the items each way,
 * searches it for items that were left out of it, and estimates from what was looked at what a
 * search of all items costs. {@link CostModel} knows how pruning gets better with n. Counters, not
 * a clock, say so: the same items give the same estimates on every run, and on all machines with
 * {@link Caches} alike. Where they are near each other, a {@link Race} over all items tells.
 *
 * <p>Deciding by a trial is the idea of OPTIMUS (Abuzaid et al., arXiv 1706.01449).
 */
final class Planner {
  /** Below this many items a plan is not worth a trial. */
  private static final int SMALL = 2_048;

  /** Pruning depends on how many items are wanted; a plan has to do for all of these. */
  private static final int[] WANTED = {1, 10, 100, 1_000};

  /** More than one item in so many is rarely wanted. */
  private static final int SHARE = 10;

  /** From here on boxes are hopeless. */
  private static final int MAX_TREE = 32;

  /** Below this a code is hardly smaller than what comes with it. */
  private static final int MIN_PLANES = 8;

  /** Queries of a race. */
  static final int RACED = 1_024;

  /** In so many nanoseconds everything is compiled. */
  private static final long ENOUGH = 2_000_000_000;

  private final Catalog items;
  private final Metric metric;
  private final int[] wanted;
  private final float[][] expected;
  private @Nullable Trial trial;

  /**
   * Prepares to plan.
   *
   * @param items what will be searched
   * @param metric how items are scored
   * @param k how many items queries will want; 0 if that is not known
   * @param expected queries such as will come; none if they will be like the items
   */
  Planner(Catalog items, Metric metric, int k, float[][] expected) {
    this.items = items;
    this.metric = metric;
    this.expected = expected;
    this.wanted =
        k > 0
            ? new int[] {Math.min(k, Math.max(1, items.size()))}
            : Arrays.stream(WANTED).filter(w -> w == 1 || w <= items.size() / SHARE).toArray();
  }

  /** Chooses from estimates. */
  Outlook.Choice choose() {
    return outlook().choose();
  }

  /** Estimates what the strategies cost. */
  Outlook outlook() {
    int n = items.size();
    int d = items.dimensions();
    boolean cached = n >= SMALL && Caches.hold((long) n * d * Float.BYTES);
    CostModel model = new CostModel(n, d, cached);
    List<Outlook.Costs> costs = new ArrayList<>();
    costs.add(new Outlook.Costs(Strategy.TILE, model.scan(wanted), false));
    if (n < SMALL) {
      return new Outlook(wanted, costs, n + " items are too few to prune");
    }
    Trial trial = trial();
    if (!Simd.rows().finite(trial.rows, trial.rows.length)) {
      return new Outlook(wanted, costs, "a sample of the items is not finite");
    }
    if (d <= MAX_TREE) {
      costs.add(new Outlook.Costs(Strategy.TREE, tree(trial, model), false));
    }
    String fewer = "";
    if (d >= MIN_PLANES) {
      costs.add(new Outlook.Costs(Strategy.PLANES, planes(trial, model), false));
      fewer = trial.few < trial.size ? ", planes from " + trial.few : "";
    }
    String basis = "estimated from " + trial.size + " of " + n + " items" + fewer;
    return new Outlook(wanted, costs, basis);
  }

  /**
   * Times strategies.
   *
   * @param outlook the estimates
   * @param indexes of all items, for some of the strategies
   * @param budget nanoseconds to take; more where code turns out not to be compiled yet
   * @return with times in the place of estimates
   */
  Outlook timed(Outlook outlook, Map<Strategy, Index> indexes, long budget) {
    List<Race.Contender> contenders = new ArrayList<>();
    indexes.values().forEach(index -> contenders.add(index.searcher()::search));
    boolean told = expected.length > 0;
    float[][] queries = told ? expected : trial().items(RACED);
    // an item that is searched for finds itself besides
    int[] counts = Arrays.stream(wanted).map(k -> told ? k : k + 1).toArray();
    Race race = new Race(contenders, queries, System::nanoTime);
    double unit = Caches.byteNanos() / CostModel.CACHED_BYTE;
    List<Outlook.Costs> times = times(race, indexes.keySet(), counts, budget);
    for (long more = 2 * budget; !outlook.explains(times, unit) && more < ENOUGH; more *= 2) {
      times = times(race, indexes.keySet(), counts, more);
    }
    return outlook.timed(times);
  }

  private static List<Outlook.Costs> times(
      Race race, Set<Strategy> contenders, int[] counts, long budget) {
    double[][] nanos = race.run(counts, budget);
    List<Outlook.Costs> times = new ArrayList<>();
    for (Strategy contender : contenders) {
      times.add(new Outlook.Costs(contender, nanos[times.size()], true));
    }
    return times;
  }

  private Trial trial() {
    if (trial == null) {
      trial = new Trial(items, metric, items.dimensions() <= MAX_TREE, expected);
    }
    return trial;
  }

  private double[] tree(Trial trial, CostModel model) {
    int count = wanted.length;
    int[] halfway = halfway(trial.size);
    int[] all = Arrays.copyOf(wanted, 3 * count);
    System.arraycopy(share(trial.size), 0, all, count, count);
    System.arraycopy(halfway, 0, all, 2 * count, count);
    SearchStats[] few = trial.run(Strategy.TREE, trial.size / CostModel.STEP, halfway);
    SearchStats[] each = trial.run(Strategy.TREE, trial.size, all);
    SearchStats[] near = Arrays.copyOfRange(each, count, 2 * count);
    SearchStats[] many = Arrays.copyOfRange(each, 2 * count, 3 * count);
    return model.tree(few, many, each, near, trial.size, wanted);
  }

  private double[] planes(Trial trial, CostModel model) {
    int count = wanted.length;
    int[] all = Arrays.copyOf(share(trial.few), count + 1);
    all[count] = CostModel.STEP;
    SearchStats[] each = trial.run(Strategy.PLANES, trial.few, all);
    return model.planes(each, each[count], trial.few, wanted);
  }

  /**
   * As many items of a sample as are the share that is wanted halfway from the sample to the
   * catalogue, by their ratio: at the end of a {@link CostModel#STEP} around that size.
   */
  private int[] halfway(int size) {
    double share = Math.sqrt((double) size / items.size() / CostModel.STEP);
    return Arrays.stream(wanted).map(k -> (int) Math.max(1, Math.round(k * share))).toArray();
  }

  /** As many items as are the same share of a sample, but at least one. */
  private int[] share(int size) {
    return Arrays.stream(wanted)
        .map(k -> (int) Math.max(1, (long) k * size / items.size()))
        .toArray();
  }
}
