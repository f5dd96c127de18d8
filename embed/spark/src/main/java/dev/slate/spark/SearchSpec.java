package dev.slate.spark;

import dev.slate.kernel.Catalog;
import dev.slate.kernel.Index;
import dev.slate.kernel.IndexBuilder;
import dev.slate.kernel.Metric;
import dev.slate.kernel.Strategy;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * How shards are indexed and searched.
 *
 * @param metric how items are scored
 * @param strategy a strategy's name in lower case, or {@code auto} to let the kernel plan
 * @param k items wanted for each query; {@link Integer#MAX_VALUE} for all within the radius
 * @param radius the worst score wanted, inclusive; NaN for no limit
 * @param blockSize queries that are searched together
 */
record SearchSpec(Metric metric, String strategy, int k, float radius, int blockSize)
    implements Serializable {
  private static final long serialVersionUID = 1;

  static final String AUTO = "auto";

  boolean bounded() {
    return !Float.isNaN(radius);
  }

  Index index(Catalog items) {
    IndexBuilder builder = Index.builder(items).metric(metric);
    if (!bounded() && k <= items.size()) {
      builder.expectedK(k);
    }
    if (!strategy.equals(AUTO)) {
      builder.strategy(Strategy.valueOf(strategy.toUpperCase(Locale.ROOT)));
    }
    return builder.build();
  }

  static String[] metrics() {
    return names(Metric.values());
  }

  static String[] strategies() {
    return Stream.concat(Stream.of(AUTO), Arrays.stream(names(Strategy.values())))
        .toArray(String[]::new);
  }

  static String name(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static String[] names(Enum<?>[] values) {
    return Arrays.stream(values).map(SearchSpec::name).toArray(String[]::new);
  }
}
