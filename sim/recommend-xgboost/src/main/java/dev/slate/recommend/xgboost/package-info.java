/** The learner of the model {@code ranked} that XGBoost trains. */
@NullMarked
package dev.slate.recommend.xgboost;

import org.jspecify.annotations.NullMarked;
