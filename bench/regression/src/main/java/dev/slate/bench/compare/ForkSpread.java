package dev.slate.bench.compare;

import dev.slate.bench.commits.Entry;
import dev.slate.bench.results.RowKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The standard deviation between forks of the same code, as a share, for rows whose forks are too
 * few to show it: what the history of a benchmark shows, else a stated one.
 *
 * <p>A history holds one median a commit. Two neighbours of one branch, of f and g forks, differ by
 * the forks' spread times sqrt(1/f + 1/g), and by what the machine did in between, which is counted
 * as spread too: the two sides of a comparison also run one after the other. The estimate is the
 * {@value #QUANTILE} quantile of the absolute differences of logarithms, divided by that of a
 * normal distribution: changes of the code now and then stay beyond the quantile, and two speeds of
 * equal code do not. A row needs {@value #LEAST_RESULTS} results, and is never taken to vary by
 * less than a third of the stated spread, since so few can miss the second speed.
 *
 * @param stated where no history shows it; above 0, below 1
 * @param seen by row without unit; immutable
 */
public record ForkSpread(double stated, Map<RowKey, Double> seen) {
  private static final int LEAST_RESULTS = 10;
  private static final double QUANTILE = 0.8;

  /** Of the absolute value of a normal variable. */
  private static final double NORMAL_QUANTILE = 1.2816;

  private static final double LEAST_SHARE = 1.0 / 3;

  /** Checks the range and copies the map. */
  public ForkSpread {
    if (!(stated > 0 && stated < 1)) {
      throw new IllegalArgumentException("spread must be above 0 and below 1: " + stated);
    }
    seen = Map.copyOf(seen);
  }

  /**
   * A spread that is the same for all rows.
   *
   * @param stated above 0, below 1
   * @return without a history
   */
  public static ForkSpread stated(double stated) {
    return new ForkSpread(stated, Map.of());
  }

  /**
   * The spreads that a history shows.
   *
   * @param history by time
   * @return for the rows that have enough results; the stated spread for the others
   */
  public ForkSpread with(List<Entry> history) {
    Map<RowKey, Map<String, List<Entry.Value>>> values = new HashMap<>();
    for (Entry entry : history) {
      entry
          .values()
          .forEach(
              (key, value) ->
                  values
                      .computeIfAbsent(key.withoutUnit(), any -> new HashMap<>())
                      .computeIfAbsent(entry.branch() + '\n' + key.unit(), any -> new ArrayList<>())
                      .add(value));
    }
    Map<RowKey, Double> spreads = new HashMap<>();
    values.forEach(
        (key, runs) -> {
          double[] differences =
              runs.values().stream()
                  .flatMapToDouble(run -> Arrays.stream(differences(run)))
                  .sorted()
                  .toArray();
          if (differences.length >= LEAST_RESULTS - 1) {
            int rank = (int) Math.ceil(QUANTILE * differences.length) - 1;
            double spread = differences[rank] / NORMAL_QUANTILE;
            spreads.put(key, Math.max(LEAST_SHARE * stated, spread));
          }
        });
    return new ForkSpread(stated, spreads);
  }

  /** Absolute differences of the logarithms of neighbours, as those of single forks. */
  private static double[] differences(List<Entry.Value> run) {
    List<Entry.Value> positive = run.stream().filter(value -> value.median() > 0).toList();
    double[] differences = new double[Math.max(0, positive.size() - 1)];
    for (int i = 0; i < differences.length; i++) {
      Entry.Value one = positive.get(i);
      Entry.Value next = positive.get(i + 1);
      double perFork = 1.0 / Math.max(1, one.forks()) + 1.0 / Math.max(1, next.forks());
      differences[i] = Math.abs(Math.log(next.median() / one.median())) / Math.sqrt(perFork);
    }
    return differences;
  }

  /**
   * Tells whether a history shows the spread of a row.
   *
   * @param key of the row
   * @return false if it is the stated one
   */
  boolean isSeen(RowKey key) {
    return seen.containsKey(key.withoutUnit());
  }

  /**
   * The spread of a row.
   *
   * @param key of the row
   * @return a share
   */
  double of(RowKey key) {
    return seen.getOrDefault(key.withoutUnit(), stated);
  }
}
