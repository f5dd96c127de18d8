package dev.slate.data.format;

/** What the end of a file's name says about its content. */
public enum Ending {
  /** numpy's own format. */
  NPY,
  /** A zip archive of npy files. */
  NPZ,
  /** Rows of an int32 length and float32 values. */
  FVECS,
  /** Rows of an int32 length and uint8 values. */
  BVECS,
  /** Rows of an int32 length and int32 values. */
  IVECS,
  /** Two counts, uint32, then float32 values: the format of big-ann-benchmarks. */
  FBIN,
  /** As {@link #FBIN}, of uint8 values. */
  U8BIN,
  /** As {@link #FBIN}, of int8 values. */
  I8BIN,
  /** As {@link #FBIN}, of int32 values. */
  IBIN,
  /** Comma-separated text. */
  CSV,
  /** Tab-separated text. */
  TSV,
  /** Text with blanks between, such as GloVe's and word2vec's: a word, then its vector. */
  WORDS,
  /** HDF5, and a data set in it. */
  HDF5,
  /** Parquet, and a column of lists in it or columns of numbers. */
  PARQUET;

  /**
   * Tells whether the file is text.
   *
   * @return true for CSV, TSV and WORDS
   */
  public boolean isText() {
    return this == CSV || this == TSV || this == WORDS;
  }

  /**
   * Tells whether the file can only be read in order.
   *
   * @return true for text and PARQUET
   */
  boolean isStreamed() {
    return isText() || this == PARQUET;
  }

  /** Whether the name of a file is followed by that of a part of it. */
  boolean hasParts() {
    return this == NPZ || this == HDF5 || this == PARQUET;
  }

  /**
   * The delimiter that the name of a text promises.
   *
   * @return a comma, a tab or a blank
   */
  public char delimiter() {
    return switch (this) {
      case TSV -> '\t';
      case WORDS -> ' ';
      default -> ',';
    };
  }

  /**
   * Tells whether a name ends so.
   *
   * @param name in lower case, without {@code .gz}
   * @return true for {@code x.npy} and NPY
   */
  boolean ends(String name) {
    return this == WORDS
        ? name.endsWith(".txt") || name.endsWith(".vec")
        : name.endsWith("." + this);
  }

  @Override
  public String toString() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
