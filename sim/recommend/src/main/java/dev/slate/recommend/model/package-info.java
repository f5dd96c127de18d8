/** Kinds of models. Each is named in {@code META-INF/services/dev.slate.recommend.ModelKind}. */
@NullMarked
package dev.slate.recommend.model;

import org.jspecify.annotations.NullMarked;
