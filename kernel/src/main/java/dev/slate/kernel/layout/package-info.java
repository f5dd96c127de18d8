/** How items, their ids and queries lie in memory: vertical blocks, codes, panels. Not exported. */
@NullMarked
package dev.slate.kernel.layout;

import org.jspecify.annotations.NullMarked;
