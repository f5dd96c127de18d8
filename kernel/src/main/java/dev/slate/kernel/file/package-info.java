/** Primitive arrays in a file, under checksums. Not exported. */
@NullMarked
package dev.slate.kernel.file;

import org.jspecify.annotations.NullMarked;
