/** Vectors and interactions in and out of files, and generators of both. */
@NullMarked
package dev.slate.data;

import org.jspecify.annotations.NullMarked;
