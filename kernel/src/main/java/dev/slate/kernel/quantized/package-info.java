/**
 * The strategy QUANTIZED: prunes with codes of three, four and eight bits and certified bounds, for
 * high d. Not exported.
 */
@NullMarked
package dev.slate.kernel.quantized;

import org.jspecify.annotations.NullMarked;
