/** How far the planner's choice is from the fastest strategy: {@code slate bench planner}. */
@NullMarked
package dev.slate.bench.planner;

import org.jspecify.annotations.NullMarked;
