/**
 * Models as selectors of the simulation, and whether offline figures foretell how they do there.
 */
@NullMarked
package dev.slate.recommend.online;

import org.jspecify.annotations.NullMarked;
