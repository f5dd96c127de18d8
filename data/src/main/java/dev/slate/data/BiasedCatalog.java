package dev.slate.data;

import dev.slate.kernel.Catalog;

/** Items with a bias from elsewhere. */
record BiasedCatalog(Catalog items, float[] biases) implements Catalog {
  @Override
  public int size() {
    return items.size();
  }

  @Override
  public int dimensions() {
    return items.dimensions();
  }

  @Override
  public void copyRows(int first, int count, float[] dst, int offset) {
    items.copyRows(first, count, dst, offset);
  }

  @Override
  public boolean hasIds() {
    return items.hasIds();
  }

  @Override
  public long id(int ordinal) {
    return items.id(ordinal);
  }

  @Override
  public boolean hasBias() {
    return true;
  }

  @Override
  public float bias(int ordinal) {
    return biases[ordinal];
  }
}
