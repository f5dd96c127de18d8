package dev.slate.data.format;

/** What the end of a file's name says about its content. */
public enum Ending {
  /** numpy's own format. */
  NPY,
  /** Rows of an int32 length and float32 values. */
  FVECS,
  /** Rows of an int32 length and uint8 values. */
  BVECS,
  /** Rows of an int32 length and int32 values. */
  IVECS,
  /** Comma-separated text. */
  CSV,
  /** Tab-separated text. */
  TSV,
  /** HDF5, and a data set in it. */
  HDF5;

  /**
   * Tells whether the file is text.
   *
   * @return true for CSV and TSV
   */
  public boolean isText() {
    return this == CSV || this == TSV;
  }

  @Override
  public String toString() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
