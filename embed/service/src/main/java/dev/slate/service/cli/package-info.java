/** The command {@code slate serve}. */
@NullMarked
package dev.slate.service.cli;

import org.jspecify.annotations.NullMarked;
