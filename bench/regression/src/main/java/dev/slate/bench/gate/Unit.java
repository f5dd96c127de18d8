package dev.slate.bench.gate;

import dev.slate.bench.results.RowKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What one process measures: one benchmark in one mode with one set of parameters. A parameter
 * whose value holds a comma cannot be chosen on JMH's command line, so all its values stay in one
 * unit.
 *
 * @param benchmark the full name of the method
 * @param mode JMH's short label
 * @param params those that the command line chooses
 */
record Unit(String benchmark, String mode, SortedMap<String, String> params) {

  /**
   * The unit that measures a row.
   *
   * @param row any of its rows
   * @return the unit
   */
  static Unit of(RowKey row) {
    SortedMap<String, String> params = new TreeMap<>(row.params());
    params.values().removeIf(value -> value.contains(","));
    return new Unit(row.benchmark(), row.mode(), params);
  }

  /**
   * Chooses this unit on JMH's command line.
   *
   * @return arguments
   */
  List<String> arguments() {
    List<String> arguments = new ArrayList<>();
    arguments.add("^" + Pattern.quote(benchmark) + "$");
    arguments.add("-bm");
    arguments.add(mode);
    for (Map.Entry<String, String> param : params.entrySet()) {
      arguments.add("-p");
      arguments.add(param.getKey() + "=" + param.getValue());
    }
    return arguments;
  }

  @Override
  public String toString() {
    RowKey run = RowKey.run(benchmark, mode, 1, params);
    return params.isEmpty() ? run.shortName() : run.shortName() + " " + run.paramsText();
  }
}
