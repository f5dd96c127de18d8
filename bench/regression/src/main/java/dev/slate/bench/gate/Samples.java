package dev.slate.bench.gate;

import dev.slate.bench.results.Results;
import dev.slate.bench.results.Series;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** The forks of one part of a run, turn by turn. For one thread. */
final class Samples {
  private final List<Map<Arm, Results>> turns = new ArrayList<>();

  /**
   * Adds a turn of one unit.
   *
   * @param forks one of each arm that took part
   */
  void add(Map<Arm, Results> forks) {
    turns.add(new EnumMap<>(forks));
  }

  /**
   * The forks of one arm, of those turns that another took part in, too: the n-th fork of a row
   * here and the n-th of the other ran in one turn.
   *
   * @param arm whose
   * @param beside the other
   * @return possibly no rows
   */
  Results of(Arm arm, Arm beside) {
    List<Series> forks =
        turns.stream()
            .filter(turn -> turn.containsKey(beside))
            .flatMap(turn -> Stream.ofNullable(turn.get(arm)))
            .flatMap(fork -> fork.rows().values().stream())
            .toList();
    return Results.of(arm.name().toLowerCase(Locale.ROOT), forks);
  }

  /**
   * The forks of two parts of a run.
   *
   * @param later the other part
   * @return both
   */
  Samples plus(Samples later) {
    Samples both = new Samples();
    both.turns.addAll(turns);
    both.turns.addAll(later.turns);
    return both;
  }

  @Override
  public String toString() {
    return turns.size() + " turns";
  }
}
