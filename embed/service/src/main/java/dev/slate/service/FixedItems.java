package dev.slate.service;

import dev.slate.kernel.Index;
import dev.slate.kernel.Query;
import dev.slate.kernel.Slate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Items that do not change. A search makes a searcher of its own, which costs little beside it, and
 * lets any number of virtual threads search at once.
 */
final class FixedItems implements ServedItems {
  private final Index index;
  private final List<String> names;

  /**
   * Serves an index.
   *
   * @param names by ordinal, or none
   */
  FixedItems(Index index, List<String> names) {
    this.index = index;
    this.names = names;
  }

  @Override
  public int dimensions() {
    return index.dimensions();
  }

  @Override
  public boolean live() {
    return false;
  }

  @Override
  public void search(Query query, Slate out) {
    index.searcher().search(query, out);
  }

  @Override
  public boolean copyRow(long id, float[] to) {
    int ordinal = index.ordinal(id);
    if (ordinal >= 0) {
      index.copyRow(ordinal, to);
    }
    return ordinal >= 0;
  }

  @Override
  public @Nullable ServedItem item(long id) {
    float[] row = new float[index.dimensions()];
    return copyRow(id, row)
        ? new ServedItem(name(index.ordinal(id)), row, 0f, Query.NO_GROUP)
        : null;
  }

  @Override
  public @Nullable String name(Slate answer, int i) {
    return name(answer.ordinal(i));
  }

  private @Nullable String name(int ordinal) {
    return names.isEmpty() ? null : names.get(ordinal);
  }

  @Override
  public void close() {
    index.close();
  }
}
