/**
 * The interface between a strategy and the rest of the kernel, and how costs are estimated. Not
 * exported.
 */
@NullMarked
package dev.slate.kernel.strategy;

import org.jspecify.annotations.NullMarked;
