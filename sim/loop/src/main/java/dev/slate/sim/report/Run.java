package dev.slate.sim.report;

import dev.slate.sim.measure.Curve;
import java.util.List;

/**
 * What one selector did.
 *
 * @param selector its name
 * @param description what it does
 * @param curves what was measured, over all replications
 * @param film the first replication, to look at
 */
public record Run(String selector, String description, List<Curve> curves, Film film) {}
