/**
 * Rows of a catalogue as the kernel computes with them: checked, normalised, sampled, transposed.
 * Not exported.
 */
@NullMarked
package dev.slate.kernel.rows;

import org.jspecify.annotations.NullMarked;
