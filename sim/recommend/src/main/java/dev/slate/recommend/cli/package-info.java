/** The commands {@code train}, {@code recommend} and {@code evaluate}. */
@NullMarked
package dev.slate.recommend.cli;

import org.jspecify.annotations.NullMarked;
