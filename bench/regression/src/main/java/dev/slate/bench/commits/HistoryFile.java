package dev.slate.bench.commits;

import dev.slate.bench.results.BadInputException;
import dev.slate.bench.results.WholeFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The file of results by commit: JSON lines, only ever appended to, so that it merges well and a
 * line once written stays.
 */
public final class HistoryFile {
  private final String name;

  /**
   * Names a file.
   *
   * @param name of the file; it may not exist yet
   */
  public HistoryFile(String name) {
    this.name = name;
  }

  /**
   * Reads all entries.
   *
   * @return by time; those of one time in the order of the file
   * @throws BadInputException if the file cannot be read, or a line is not an entry
   */
  public List<Entry> read() {
    List<Entry> entries = entries(text());
    entries.sort(Comparator.comparing(Entry::time));
    return entries;
  }

  /**
   * Reads all entries of a file that may not exist yet.
   *
   * @return as {@link #read}; none where there is no file
   * @throws BadInputException as {@link #read}
   */
  public List<Entry> readIfAny() {
    return Files.exists(Path.of(name)) ? read() : List.of();
  }

  /**
   * The name of the file.
   *
   * @return as given
   */
  public String name() {
    return name;
  }

  private String text() {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(WholeFile.read(name));
      return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    } catch (NoSuchFileException e) {
      throw new BadInputException(name, "no such file; slate history add begins one", e);
    } catch (AccessDeniedException e) {
      throw new BadInputException(name, "permission denied", e);
    } catch (CharacterCodingException e) {
      throw new BadInputException(name, "not UTF-8", e);
    } catch (IOException e) {
      throw new BadInputException(name, "cannot be read", e);
    }
  }

  private List<Entry> entries(String text) {
    List<Entry> entries = new ArrayList<>();
    int number = 0;
    for (String line : text.lines().toList()) {
      number++;
      if (!line.isBlank()) {
        entries.add(entry(line, number));
      }
    }
    return entries;
  }

  private Entry entry(String line, int number) {
    try {
      return EntryJson.read(line);
    } catch (IllegalArgumentException e) {
      throw new BadInputException(name, String.valueOf(e.getMessage()), e).onLine(number);
    }
  }

  /**
   * Adds a line, or leaves the file as it was.
   *
   * @param entry to add
   * @throws BadInputException if the file is not a history, or cannot be written
   */
  public void append(Entry entry) {
    Path path = Path.of(name);
    String before = Files.exists(path) ? text() : "";
    entries(before);
    boolean whole = before.isEmpty() || before.endsWith("\n");
    String line = (whole ? "" : "\n") + EntryJson.write(entry) + "\n";
    try (FileChannel channel =
        FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      long end = channel.size();
      try {
        ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(true);
      } catch (IOException e) {
        channel.truncate(end);
        throw e;
      }
    } catch (IOException e) {
      throw BadInputException.notWritten(name, e);
    }
  }
}
