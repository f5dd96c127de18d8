/**
 * Vectors in and out of files, their generators, and the built-in Memotion catalogue. Begin at
 * {@link dev.slate.data.Vectors}; {@link dev.slate.data.VectorGenerator} generates.
 */
@NullMarked
package dev.slate.data;

import org.jspecify.annotations.NullMarked;
