/** Feedback, features, truth out of files; splits, filters, leakage. */
@NullMarked
package dev.slate.recommend.feedback;

import org.jspecify.annotations.NullMarked;
