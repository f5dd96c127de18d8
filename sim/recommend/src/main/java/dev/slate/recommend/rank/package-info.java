/** Rankers: features of candidates, and learners that order them. */
@NullMarked
package dev.slate.recommend.rank;

import org.jspecify.annotations.NullMarked;
