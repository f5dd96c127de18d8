package dev.slate.data;

import dev.slate.data.format.FileSpec;

/** Files of formats that Slate does not read, told from their first bytes. */
public final class OtherFormats {
  private OtherFormats() {}

  /**
   * Refuses a file that is no text: Parquet, JSON, a spreadsheet and others. A file that is not
   * there passes, as do a pipe and gzip.
   *
   * @param file its name
   * @throws InputException if it is one of them, with a command that converts it
   */
  public static void refuse(String file) {
    FileSpec.requireText(file);
  }
}
