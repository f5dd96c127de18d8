package dev.slate.sim.metric;

/**
 * Name and meaning of a metric.
 *
 * @param name its key in {@code summary.json}
 * @param title its name for people
 * @param explanation its meaning, in a sentence
 */
public record MetricDescription(String name, String title, String explanation) {}
