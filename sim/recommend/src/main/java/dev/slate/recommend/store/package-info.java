/** Models in and out of a directory. */
@NullMarked
package dev.slate.recommend.store;

import org.jspecify.annotations.NullMarked;
