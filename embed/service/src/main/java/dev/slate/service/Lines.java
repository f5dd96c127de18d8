package dev.slate.service;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Lines of a stream, of limited length. */
final class Lines {
  private final InputStream in;
  private byte[] buffer = new byte[1 << 14];
  private final int most;
  private int start;
  private int end;
  private int filled;
  private int next;
  private long number;

  /**
   * Reads lines.
   *
   * @param most bytes of a line, at most
   */
  Lines(InputStream in, int most) {
    this.in = in;
    this.most = most;
  }

  byte[] bytes() {
    return buffer;
  }

  int start() {
    return start;
  }

  int length() {
    return end - start;
  }

  /** Number of the line, from 1. */
  long number() {
    return number;
  }

  /** Whether there is nothing but white space in the line, such as the CR before its end. */
  boolean blank() {
    int at = start;
    while (at < end && (buffer[at] == ' ' || buffer[at] == '\t' || buffer[at] == '\r')) {
      at++;
    }
    return at == end;
  }

  /**
   * Reads the next line.
   *
   * @return whether there is one
   * @throws BadRequest if it is too long; its number is that of the line before
   */
  boolean next() throws IOException {
    start = next;
    int at = start;
    while (true) {
      while (at < filled && buffer[at] != '\n') {
        at++;
      }
      if (at < filled) {
        end = at;
        next = at + 1;
        number++;
        return true;
      }
      if (filled - start > most) {
        throw new BadRequest(413, "line " + (number + 1) + ": is longer than " + most + " bytes");
      }
      if (start > 0) {
        at -= start;
        System.arraycopy(buffer, start, buffer, 0, filled - start);
        filled -= start;
        start = 0;
      }
      if (filled == buffer.length) {
        buffer = Arrays.copyOf(buffer, 2 * filled);
      }
      int read = in.read(buffer, filled, buffer.length - filled);
      if (read < 0) {
        end = filled;
        next = filled;
        number++;
        return filled > 0;
      }
      filled += read;
    }
  }
}
