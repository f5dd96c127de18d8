package dev.slate.sim.measure;

/**
 * What a gauge reads.
 *
 * @param name its key in {@code summary.json}
 * @param title its name for people
 * @param explanation what it means, in a sentence
 */
public record Measure(String name, String title, String explanation) {}
