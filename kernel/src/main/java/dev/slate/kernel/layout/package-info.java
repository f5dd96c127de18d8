/** How items and queries lie in memory: vertical blocks, one-byte codes, panels. Not exported. */
@NullMarked
package dev.slate.kernel.layout;

import org.jspecify.annotations.NullMarked;
