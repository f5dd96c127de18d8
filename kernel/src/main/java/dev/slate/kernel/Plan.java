package dev.slate.kernel;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * The strategy that serves an index, its settings, and the reasons for them. {@link
 * IndexBuilder#plan} replays a plan whole. Immutable.
 *
 * @param strategy the strategy
 * @param settings of the strategy, by names of its own; empty for its defaults. Not part of the
 *     compatible interface: a version of Slate ignores names that it does not know
 * @param reasons sentences, most important first
 */
public record Plan(Strategy strategy, Map<String, Integer> settings, List<String> reasons) {
  /**
   * Creates a plan.
   *
   * @param strategy the strategy
   * @param settings copied
   * @param reasons sentences; copied
   * @throws NullPointerException if an argument, or an element of one, is null
   */
  public Plan {
    Objects.requireNonNull(strategy, "strategy");
    settings = Collections.unmodifiableMap(new TreeMap<>(Map.copyOf(settings)));
    reasons = List.copyOf(reasons);
  }

  @Override
  public String toString() {
    String name = strategy.name().toLowerCase(Locale.ROOT);
    String with = settings.isEmpty() ? "" : " " + settings;
    return name + with + ": " + String.join("; ", reasons);
  }
}
