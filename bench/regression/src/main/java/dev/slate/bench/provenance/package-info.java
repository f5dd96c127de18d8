/** Where results come from: the machine and the command line. */
@NullMarked
package dev.slate.bench.provenance;

import org.jspecify.annotations.NullMarked;
