package dev.slate.sim.report;

import dev.slate.sim.audit.AuthorExposure;
import dev.slate.sim.metric.MetricSeries;
import java.util.List;

/**
 * The results of one selector.
 *
 * @param selector its name
 * @param description its description
 * @param curves the metrics, over all replications
 * @param differences differences from the first selector after the last step, paired by
 *     replication; empty for the first selector
 * @param exposure impressions and picks of the authors, over all replications
 * @param trajectories the first replication, to look at
 */
public record SelectorRun(
    String selector,
    String description,
    List<MetricSeries> curves,
    List<MetricSeries> differences,
    AuthorExposure exposure,
    TrajectoryRecorder trajectories) {}
