package dev.slate.data;

import dev.slate.data.format.FileSpec;
import dev.slate.kernel.ItemSet;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads lists of items: text with one ordinal a line. */
public final class Ordinals {
  private static final int END = -1;

  private final String spec;
  private final InputStream in;
  private final int n;
  private long line = 1;

  private Ordinals(String spec, InputStream in, int n) {
    this.spec = spec;
    this.in = in;
    this.n = n;
  }

  /**
   * Reads a list. Empty lines and spaces around a number are ignored; an ordinal may occur twice.
   *
   * @param file its name
   * @param n number of items
   * @return the set of the ordinals
   * @throws InputException if there is no such file, or a line is anything but a number from 0 to n
   *     - 1, naming the line
   */
  public static ItemSet read(String file, int n) {
    try {
      Path path = FileSpec.path(file);
      if (Files.isDirectory(path)) {
        throw new InputException(file, "is a directory");
      }
      try (InputStream in = new BufferedInputStream(Files.newInputStream(path), 1 << 16)) {
        return new Ordinals(file, in, n).read();
      }
    } catch (NoSuchFileException e) {
      throw new InputException(file, "no such file", e);
    } catch (IOException e) {
      throw new InputException(file, "cannot be read: " + e.getMessage(), e);
    }
  }

  private ItemSet read() throws IOException {
    ItemSet set = ItemSet.unbound(n);
    for (int c = in.read(); c != END; c = in.read()) {
      if (c == '\n') {
        line++;
      } else if (c >= '0' && c <= '9') {
        set.add(ordinal(c - '0'));
      } else if (!isSpace(c)) {
        throw bad("a line holds one ordinal, digits only");
      }
    }
    return set;
  }

  /** Reads the rest of a line, whose first digit is known. */
  private int ordinal(int first) throws IOException {
    long value = first;
    int c = in.read();
    for (; c >= '0' && c <= '9'; c = in.read()) {
      value = Math.min(value * 10 + (c - '0'), Integer.MAX_VALUE);
    }
    for (; c != '\n' && c != END; c = in.read()) {
      if (!isSpace(c)) {
        throw bad("a line holds one ordinal, digits only");
      }
    }
    if (value >= n) {
      throw bad("ordinals go from 0 to " + (n - 1) + ", but this is more");
    }
    line++;
    return (int) value;
  }

  private static boolean isSpace(int c) {
    return c == ' ' || c == '\t' || c == '\r';
  }

  private InputException bad(String problem) {
    return new InputException(spec, problem).onLine(line);
  }
}
