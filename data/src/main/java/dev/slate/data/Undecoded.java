package dev.slate.data;

import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;

/**
 * Decodes text with a mark in place of malformed bytes, so that a name that holds one can be
 * refused while the numbers beside it are read.
 */
public final class Undecoded {
  /** Stands for malformed bytes: U+FFFF, which no text has. */
  public static final char MARK = '\uffff';

  private Undecoded() {}

  /**
   * Decodes bytes.
   *
   * @param in the bytes
   * @param charset their charset
   * @return characters, {@link #MARK} in place of malformed bytes
   */
  public static Reader reader(InputStream in, Charset charset) {
    return new InputStreamReader(
        in,
        charset
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE)
            .replaceWith(String.valueOf(MARK)));
  }
}
