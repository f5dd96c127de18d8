/** The commands {@code slate search} and {@code slate data}. Not exported. */
@NullMarked
package dev.slate.data.cli;

import org.jspecify.annotations.NullMarked;
