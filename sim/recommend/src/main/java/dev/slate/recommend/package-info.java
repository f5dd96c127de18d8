/**
 * From logged feedback to recommendations: a columnar log, what models are trained on, retrievers,
 * rankers, and the pipeline that a service would hold.
 *
 * <p>Users and items have <i>ordinals</i>, 0 onwards, and names, which are what files call them.
 */
@NullMarked
package dev.slate.recommend;

import org.jspecify.annotations.NullMarked;
