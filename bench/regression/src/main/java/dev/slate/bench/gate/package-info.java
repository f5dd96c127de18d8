/**
 * The regression gate: two builds of one JMH project, run in turns on this machine.
 *
 * <pre>
 * jar, folder or git ref -> Sources -> Build -> JmhHarness --.
 *                                                            |  a turn: one unit, one fork of each side,
 *                     GatePlan -> Gate -------------------------'  a TurnScheduler between their iterations
 *                              |  first round, more where it is unsure, second round for suspects
 *                              v
 *                           GateOutcome -> Comparison
 * </pre>
 */
@NullMarked
package dev.slate.bench.gate;

import org.jspecify.annotations.NullMarked;
