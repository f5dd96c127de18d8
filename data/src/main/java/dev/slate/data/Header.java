package dev.slate.data;

/** Whether the first line of text names the columns. */
public enum Header {
  /** It does if none of its chosen cells is a number, or if a column is chosen by name. */
  AUTO,
  /** It does, even where the names are numbers. */
  YES,
  /** It does not: it is the first row. */
  NO
}
