/** Meters of Slate's indexes in a Micrometer registry. */
@NullMarked
package dev.slate.micrometer;

import org.jspecify.annotations.NullMarked;
