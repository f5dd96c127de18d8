/** The selectors that come with Slate, each a few lines over the kernel. */
@NullMarked
package dev.slate.sim.select;

import org.jspecify.annotations.NullMarked;
