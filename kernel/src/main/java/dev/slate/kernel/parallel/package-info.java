/** One piece of work shared among the caller's threads. Not exported. */
@NullMarked
package dev.slate.kernel.parallel;

import org.jspecify.annotations.NullMarked;
