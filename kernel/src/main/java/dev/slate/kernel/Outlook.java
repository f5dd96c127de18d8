package dev.slate.kernel;

import dev.slate.kernel.planes.PlanesEngine;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What searches would cost with each strategy, as far as is known, and what follows from that.
 *
 * <p>Where it is not known how many items a query will want, the strategy is taken that is never
 * far behind the best one for any of several numbers (minimax regret).
 */
final class Outlook {
  /** Which of several numbers a batch is expected to want. */
  private static final int TYPICAL = 1;

  /** What a query costs in a batch that is scored in tiles, at least, in units of a scan. */
  private static final double TILES = 0.2;

  /**
   * What prunes must cost at most so much of a scan, since it is slower to build and to search in
   * batches.
   */
  private static final double WORTH = 0.96;

  /**
   * A strategy that is estimated to cost up to so many times the best one may be faster; 3.3 times
   * was the worst that was seen.
   */
  private static final double DOUBT = 3.5;

  /** What takes so many times longer than estimated is not compiled yet. */
  private static final double SLOW = 5;

  private static final MathContext DIGITS = new MathContext(3);

  private final int[] wanted;
  private final List<Costs> costs;
  private final String basis;

  /**
   * Takes what is known.
   *
   * @param wanted numbers of items that queries may want, ascending
   * @param costs of the scan, first, and of each strategy that was tried
   * @param basis what the costs are estimated from, or why nothing was tried
   */
  Outlook(int[] wanted, List<Costs> costs, String basis) {
    this.wanted = wanted;
    this.costs = costs;
    this.basis = basis;
  }

  /**
   * What a strategy costs.
   *
   * @param strategy which; {@link Strategy#TILE} stands for the scan
   * @param each for each number of items wanted: nanoseconds if timed, else in units of {@link
   *     CostModel}
   * @param timed whether a clock says so
   */
  record Costs(Strategy strategy, double[] each, boolean timed) {
    /** How many times the lowest costs it costs, at worst. */
    double regret(double[] lowest) {
      double worst =
          IntStream.range(0, each.length).mapToDouble(w -> each[w] / lowest[w]).max().orElseThrow();
      return strategy == Strategy.TILE ? worst : worst / WORTH;
    }

    /** The same costs in another unit, for each number. */
    Costs in(double[] unit) {
      double[] scaled = each.clone();
      Arrays.setAll(scaled, w -> each[w] * unit[w]);
      return new Costs(strategy, scaled, timed);
    }

    /** How many times what another costs it costs, at best. */
    double atBest(double[] other) {
      return IntStream.range(0, each.length)
          .mapToDouble(w -> each[w] / other[w])
          .min()
          .orElseThrow();
    }
  }

  /**
   * What was chosen.
   *
   * @param plan the strategy, and why
   * @param tiles whether a batch is better scored whole, in tiles
   * @param scanFrom planes answer a query for so many items or more by a scan; {@link
   *     PlanesEngine#NEVER}
   */
  record Choice(Plan plan, boolean tiles, int scanFrom) {}

  /** Chooses the strategy that is never much slower than the best one, whichever that is. */
  Choice choose() {
    List<Costs> served = served();
    double[] lowest = lowest(served);
    boolean raced = raced();
    Costs best =
        served.stream()
            .filter(c -> c.timed == raced)
            .min(Comparator.comparingDouble(c -> c.regret(lowest)))
            .orElseThrow();
    Strategy strategy = best.strategy;
    double[] scan = scan();
    int typical = Math.min(TYPICAL, wanted.length - 1);
    boolean tiles =
        strategy == Strategy.TILE
            || (strategy == Strategy.PLANES && best.each[typical] > TILES * scan[typical]);
    int scanFrom = strategy == Strategy.PLANES ? scanFrom() : PlanesEngine.NEVER;
    return new Choice(new Plan(strategy, reasons(strategy, tiles, scanFrom)), tiles, scanFrom);
  }

  /** The strategies that may be the fastest; the one that is chosen is among them. */
  List<Strategy> contenders() {
    List<Costs> served = served();
    double[] lowest = lowest(served);
    double least = served.stream().mapToDouble(c -> c.regret(lowest)).min().orElseThrow();
    return IntStream.range(0, costs.size())
        .filter(i -> served.get(i).regret(lowest) <= DOUBT * least)
        .filter(i -> costs.get(i).atBest(scan()) <= DOUBT)
        .mapToObj(i -> costs.get(i).strategy)
        .toList();
  }

  /**
   * Replaces estimates by times.
   *
   * @param times of the strategies that were timed
   * @return what is known then; what was not timed is brought to nanoseconds
   */
  Outlook timed(List<Costs> times) {
    double[] unit = new double[wanted.length];
    for (Costs time : times) {
      double[] estimate = of(costs, time.strategy).orElseThrow().each;
      for (int w = 0; w < unit.length; w++) {
        unit[w] += time.each[w] / estimate[w] / times.size();
      }
    }
    List<Costs> known = new ArrayList<>();
    for (Costs estimate : costs) {
      known.add(of(times, estimate.strategy).orElseGet(() -> estimate.in(unit)));
    }
    return new Outlook(wanted, known, basis);
  }

  /**
   * Whether times are such as one would expect. Code that is not compiled yet, some of it or all,
   * takes many times longer.
   *
   * @param times of the strategies that were timed
   * @param nanos of a unit of cost on this machine, about
   */
  boolean explains(List<Costs> times, double nanos) {
    for (int w = 0; w < wanted.length; w++) {
      double least = Double.POSITIVE_INFINITY;
      double most = 0;
      for (Costs time : times) {
        double unit = time.each[w] / of(costs, time.strategy).orElseThrow().each[w];
        least = Math.min(least, unit);
        most = Math.max(most, unit);
      }
      if (most > DOUBT * least || most > SLOW * nanos) {
        return false;
      }
    }
    return true;
  }

  private static Optional<Costs> of(List<Costs> costs, Strategy strategy) {
    return costs.stream().filter(c -> c.strategy == strategy).findFirst();
  }

  private boolean raced() {
    return costs.stream().anyMatch(Costs::timed);
  }

  private double[] scan() {
    return costs.get(0).each;
  }

  /** What each strategy costs where planes answer by a scan once that costs less. */
  private List<Costs> served() {
    int scanFrom = scanFrom();
    List<Costs> served = new ArrayList<>();
    for (Costs c : costs) {
      boolean planes = c.strategy == Strategy.PLANES;
      double[] each = c.each.clone();
      Arrays.setAll(each, w -> planes && wanted[w] >= scanFrom ? scan()[w] : c.each[w]);
      served.add(new Costs(c.strategy, each, c.timed));
    }
    return served;
  }

  /** From which of the numbers on a scan costs less than planes. */
  private int scanFrom() {
    double[] planes = of(costs, Strategy.PLANES).map(Costs::each).orElse(scan());
    return IntStream.range(0, wanted.length)
        .filter(w -> planes[w] > scan()[w])
        .map(w -> wanted[w])
        .findFirst()
        .orElse(PlanesEngine.NEVER);
  }

  private double[] lowest(List<Costs> of) {
    double[] lowest = new double[wanted.length];
    Arrays.setAll(lowest, w -> of.stream().mapToDouble(c -> c.each[w]).min().orElseThrow());
    return lowest;
  }

  private List<String> reasons(Strategy strategy, boolean tiles, int scanFrom) {
    List<String> reasons = new ArrayList<>();
    for (Costs each : costs) {
      if (each.timed || each.strategy != Strategy.TILE) {
        reasons.add(told(each));
      }
    }
    boolean tried = !reasons.isEmpty();
    if (!tried) {
      reasons.add(basis);
    }
    if (strategy == Strategy.TILE) {
      reasons.add(
          "so every item is streamed for a query on its own, and scored in tiles for a batch");
    } else if (tiles) {
      reasons.add("a batch is scored in tiles");
    }
    if (scanFrom < PlanesEngine.NEVER) {
      reasons.add("a query for k = " + scanFrom + " or more is a scan");
    }
    if (raced()) {
      reasons.add("timed, since they were near each other as " + basis);
    } else if (tried) {
      reasons.add(basis);
    }
    return reasons;
  }

  private String told(Costs costs) {
    String name =
        switch (costs.strategy) {
          case TREE -> "a tree";
          case PLANES -> "planes";
          default -> "a scan";
        };
    List<String> parts = new ArrayList<>();
    for (int w = 0; w < wanted.length; w++) {
      double each = costs.each[w];
      String of = w == 0 ? " of a scan" : "";
      String cost = costs.timed ? time(each) : digits(100 * each / scan()[w]) + " %" + of;
      parts.add(cost + " for k = " + wanted[w]);
    }
    return name + (costs.timed ? " took " : " would cost ") + String.join(", ", parts);
  }

  private static String time(double nanos) {
    return nanos < 1e6 ? digits(nanos / 1e3) + " µs" : digits(nanos / 1e6) + " ms";
  }

  private static String digits(double value) {
    return new BigDecimal(value, DIGITS).toPlainString();
  }
}
