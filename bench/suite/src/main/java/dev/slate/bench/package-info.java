/** The root of the command line: its commands, streams, exit codes and version. */
@NullMarked
package dev.slate.bench;

import org.jspecify.annotations.NullMarked;
