package dev.slate.sim.report;

import dev.slate.sim.metric.MetricSeries;
import java.util.List;

/**
 * What one selector did.
 *
 * @param selector its name
 * @param description what it does
 * @param curves what was measured, over all replications
 * @param trajectories the first replication, to look at
 */
public record SelectorRun(
    String selector,
    String description,
    List<MetricSeries> curves,
    TrajectoryRecorder trajectories) {}
