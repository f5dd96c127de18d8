/** Models that PyTorch trains. The kernel serves them; nothing here is needed for that. */
@NullMarked
package dev.slate.recommend.torch;

import org.jspecify.annotations.NullMarked;
