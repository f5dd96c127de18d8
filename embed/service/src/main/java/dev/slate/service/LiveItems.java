package dev.slate.service;

import dev.slate.kernel.LiveIndex;
import dev.slate.kernel.LiveItem;
import dev.slate.kernel.Query;
import dev.slate.kernel.Slate;
import org.jspecify.annotations.Nullable;

/** Items that come and go. */
final class LiveItems implements ServedItems {
  private final LiveIndex index;

  LiveItems(LiveIndex index) {
    this.index = index;
  }

  @Override
  public int dimensions() {
    return index.dimensions();
  }

  @Override
  public boolean live() {
    return true;
  }

  @Override
  public void search(Query query, Slate out) {
    index.search(query, out);
  }

  @Override
  public boolean copyRow(long id, float[] to) {
    return index.copyRow(id, to);
  }

  @Override
  public @Nullable ServedItem item(long id) {
    LiveItem item = index.item(id);
    return item == null ? null : new ServedItem(null, item.row(), item.bias(), item.group());
  }

  @Override
  public @Nullable String name(Slate answer, int i) {
    return null;
  }

  @Override
  public void close() {
    index.close();
  }
}
