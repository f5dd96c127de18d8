package dev.slate.data.format;

import dev.slate.kernel.Catalog;
import java.util.List;

/**
 * Rows that are no file's: built in or generated.
 *
 * @param items the rows, all finite
 * @param type a description of the rows
 * @param names of the columns, or none
 */
public record CatalogRows(Catalog items, String type, List<String> names) implements RowSource {
  @Override
  public int size() {
    return items.size();
  }

  @Override
  public int dimensions() {
    return items.dimensions();
  }

  @Override
  public void read(int first, int count, float[] dst, int offset) {
    items.copyRows(first, count, dst, offset);
  }

  @Override
  public void close() {}
}
