/**
 * Events for listeners and the flight recorder: builds, merges, files, slow searches. Not exported.
 */
@NullMarked
package dev.slate.kernel.observe;

import org.jspecify.annotations.NullMarked;
