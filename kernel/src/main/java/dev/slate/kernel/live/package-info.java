/** Items that come and go under searches: what carries out the live index. Not exported. */
@NullMarked
package dev.slate.kernel.live;

import org.jspecify.annotations.NullMarked;
