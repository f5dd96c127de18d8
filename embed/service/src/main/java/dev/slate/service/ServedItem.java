package dev.slate.service;

import dev.slate.kernel.Query;
import org.jspecify.annotations.Nullable;

/**
 * An item as it is shown.
 *
 * @param name its name; null if it has none
 * @param row its attributes
 * @param bias what its dot product starts with; 0 where that is not known
 * @param group its group; {@link Query#NO_GROUP} if it belongs to none
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record ServedItem(@Nullable String name, float[] row, float bias, int group) {}
