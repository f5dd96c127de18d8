package dev.slate.data.cli;

import dev.slate.data.InputException;
import dev.slate.data.TextLines;
import dev.slate.data.format.FileSpec;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The items that each query leaves out: itself, those of its line in a file, or both. */
final class Exclusions implements AutoCloseable {
  private static final Pattern BETWEEN = Pattern.compile("[\\s,]+");

  private final boolean self;
  private final @Nullable String file;
  private final @Nullable TextLines lines;
  private final int items;
  private int query;

  /**
   * Opens the lists.
   *
   * @param self whether query i leaves out item i
   * @param file text, a line for each query; or null
   * @param items number of items
   */
  Exclusions(boolean self, @Nullable String file, int items) {
    this.self = self;
    this.file = file;
    this.items = items;
    this.lines = file == null ? null : open(file);
  }

  private static TextLines open(String file) {
    try {
      return new TextLines(
          file, Files.newBufferedReader(FileSpec.path(file), StandardCharsets.UTF_8));
    } catch (NoSuchFileException e) {
      throw new InputException(file, "no such file", e);
    } catch (IOException e) {
      throw new InputException(file, "cannot be read: " + e.getMessage(), e);
    }
  }

  boolean none() {
    return !self && lines == null;
  }

  /** The ordinals that the next queries leave out, one array each; null if none does. */
  int @Nullable [][] next(int queries) {
    if (none()) {
      return null;
    }
    int[][] denied = new int[queries][];
    for (int i = 0; i < queries; i++) {
      denied[i] = next();
    }
    return denied;
  }

  private int[] next() {
    int[] listed = lines == null ? new int[0] : parse(line());
    if (self) {
      if (query >= items) {
        throw new InputException(
            "--exclude-self", "there is no item " + query + " for query " + query);
      }
      listed = Arrays.copyOf(listed, listed.length + 1);
      listed[listed.length - 1] = query;
    }
    query++;
    return listed;
  }

  private String line() {
    try {
      String line = lines == null ? null : lines.next();
      if (line == null) {
        throw bad("has " + query + " lines, but there are more queries");
      }
      return line;
    } catch (MalformedInputException e) {
      throw bad("is not text");
    } catch (IOException e) {
      throw bad("cannot be read: " + e.getMessage());
    }
  }

  private int[] parse(String line) {
    String stripped = line.strip();
    if (stripped.isEmpty()) {
      return new int[0];
    }
    String[] words = BETWEEN.split(stripped, -1);
    int[] ordinals = new int[words.length];
    for (int i = 0; i < words.length; i++) {
      if (!words[i].matches("\\d{1,10}")) {
        throw bad("a line holds ordinals, digits only").onLine(query + 1L);
      }
      long ordinal = Long.parseLong(words[i]);
      if (ordinal >= items) {
        throw bad("ordinals go from 0 to " + (items - 1) + ", not " + ordinal).onLine(query + 1L);
      }
      ordinals[i] = (int) ordinal;
    }
    return ordinals;
  }

  private InputException bad(String problem) {
    return new InputException(String.valueOf(file), problem);
  }

  @Override
  public void close() {
    if (lines != null) {
      try {
        lines.close();
      } catch (IOException e) {
        throw bad("cannot be read: " + e.getMessage());
      }
    }
  }
}
