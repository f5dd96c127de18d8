/** What may be shown: moderation, and counter-measures against floods. */
@NullMarked
package dev.slate.sim.moderation;

import org.jspecify.annotations.NullMarked;
