/**
 * What the machine could do at most, measured beside each benchmark: memory streams, arithmetic.
 */
@NullMarked
package dev.slate.bench.roofline;

import org.jspecify.annotations.NullMarked;
