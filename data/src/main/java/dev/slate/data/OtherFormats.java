package dev.slate.data;

import dev.slate.data.format.FileSpec;

/** Files that are not the text that is expected, told from their first bytes. */
public final class OtherFormats {
  private OtherFormats() {}

  /**
   * Refuses a file whose first bytes show a format other than plain text, such as Parquet, JSON, a
   * spreadsheet or npy. A file that is not there passes, as do a pipe and gzip.
   *
   * @param file its name
   * @throws InputException if it is one of them; names the format and, where there is one, a
   *     command that converts it
   */
  public static void refuse(String file) {
    FileSpec.requireText(file);
  }
}
