package dev.slate.bench.gate;

import dev.slate.bench.results.Results;
import dev.slate.bench.results.Series;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The forks of one part of a run, by arm. For one thread. */
final class Samples {
  private final Map<Arm, List<Series>> forks = new EnumMap<>(Arm.class);

  void add(Arm arm, Results fork) {
    forks.computeIfAbsent(arm, any -> new ArrayList<>()).addAll(fork.rows().values());
  }

  /**
   * The rows of some arms, their forks together.
   *
   * @param arms the first names the source
   * @return possibly no rows
   */
  Results of(Arm... arms) {
    return Results.of(
        arms[0].name().toLowerCase(Locale.ROOT),
        Stream.of(arms).flatMap(arm -> forks.getOrDefault(arm, List.of()).stream()).toList());
  }

  /**
   * The forks of two parts of a run.
   *
   * @param later the other part
   * @return both
   */
  Samples plus(Samples later) {
    Samples both = new Samples();
    for (Samples part : List.of(this, later)) {
      part.forks.forEach(
          (arm, series) ->
              both.forks.computeIfAbsent(arm, any -> new ArrayList<>()).addAll(series));
    }
    return both;
  }

  @Override
  public String toString() {
    return forks.entrySet().stream()
        .map(entry -> entry.getKey() + " " + entry.getValue().size())
        .collect(Collectors.joining(", "));
  }
}
