package dev.slate.bench.gate;

import dev.slate.bench.compare.Comparison;

/**
 * The result of a run of the gate.
 *
 * @param comparison all rows
 * @param interrupted whether the user ended it early
 */
record GateOutcome(Comparison comparison, boolean interrupted) {}
