/**
 * A closed loop: a selector shows each user a slate, the user picks from it, and the pick changes
 * the user.
 */
@NullMarked
package dev.slate.sim;

import org.jspecify.annotations.NullMarked;
