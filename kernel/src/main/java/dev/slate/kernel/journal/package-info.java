/**
 * Files from which a live index comes back: snapshots of its items, and logs of the writes since.
 * Not exported.
 */
@NullMarked
package dev.slate.kernel.journal;

import org.jspecify.annotations.NullMarked;
