/** What is told of builds, merges, files and slow searches. Not exported. */
@NullMarked
package dev.slate.kernel.observe;

import org.jspecify.annotations.NullMarked;
