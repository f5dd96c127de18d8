package dev.slate.data.format;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The first bytes of well-known file formats, which tell a file's format whatever its name says.
 */
enum Magic {
  NPY("npy", "\u0093NUMPY"),
  HDF5("HDF5", "\u0089HDF\r\n\u001a\n"),
  GZIP("gzip", "\u001f\u008b\b"),
  ZIP("a zip archive", "PK\u0003\u0004"),
  ZSTD("zstd", "(\u00b5/\u00fd"),
  BZIP2("bzip2", "BZh"),
  XZ("xz", "\u00fd7zXZ\u0000"),
  PARQUET("Parquet", "PAR1"),
  ARROW("Arrow", "ARROW1"),
  PNG("a PNG picture", "\u0089PNG\r\n"),
  JPEG("a JPEG picture", "\u00ff\u00d8\u00ff"),
  PDF("PDF", "%PDF-");

  /** How much of a file to look at. */
  static final int HEAD = 512;

  private final String label;
  private final String prefix;

  Magic(String label, String prefix) {
    this.label = label;
    this.prefix = prefix;
  }

  String label() {
    return label;
  }

  /**
   * Guesses the format of a file.
   *
   * @param head the first bytes of the file
   * @return the format, or null where nothing is known
   */
  static @Nullable Magic of(byte[] head) {
    String text = new String(head, StandardCharsets.ISO_8859_1);
    for (Magic magic : values()) {
      if (text.startsWith(magic.prefix)) {
        return magic;
      }
    }
    return null;
  }

  /** What the file looks like, for a message: a known format, else text, else null. */
  static @Nullable String describe(byte[] head) {
    Magic magic = of(head);
    if (magic != null) {
      return magic.label;
    }
    return head.length > 0 && isText(head) ? "text" : null;
  }

  /** Tells whether bytes cannot be text in UTF-8, or in UTF-16 with its mark. */
  static boolean isBinary(byte[] head) {
    boolean utf16 = head.length > 1 && (head[0] & head[1] & 0xfe) == 0xfe;
    for (byte b : head) {
      if (b == 0 && !utf16) {
        return true;
      }
    }
    return false;
  }

  private static boolean isText(byte[] head) {
    for (byte b : head) {
      if (b >= 0 && b < ' ' && b != '\n' && b != '\r' && b != '\t') {
        return false;
      }
    }
    return true;
  }
}
