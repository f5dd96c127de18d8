package dev.slate.data;

import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;

/**
 * Reads text of which bytes that are not of its charset can be told from all others, so that names
 * with such bytes are refused, while numbers beside them are read.
 */
public final class Undecoded {
  /** Stands for bytes that are not text in the charset: a code point that no text has. */
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
