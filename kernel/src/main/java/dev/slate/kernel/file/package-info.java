/**
 * Primitive arrays in a file, under checksums; files that are still there after a loss of power.
 * Not exported.
 */
@NullMarked
package dev.slate.kernel.file;

import org.jspecify.annotations.NullMarked;
