/**
 * Figures of merit for ranked lists, under named conventions; properties of what is recommended;
 * intervals and tests.
 */
@NullMarked
package dev.slate.recommend.evaluate;

import org.jspecify.annotations.NullMarked;
