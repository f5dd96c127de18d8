/**
 * The regression gate: two builds of one JMH project, run fork by fork in turns on this machine.
 *
 * <pre>
 * jar, folder or git ref -> Sources -> Build -> JmhHarness --.
 *                                                            |  one process, one fork, one unit
 *                     Plan -> Gate -------------------------'
 *                              |  first round, more where it is unsure, second round for suspects
 *                              v
 *                           Outcome -> Comparison
 * </pre>
 */
@NullMarked
package dev.slate.bench.gate;

import org.jspecify.annotations.NullMarked;
