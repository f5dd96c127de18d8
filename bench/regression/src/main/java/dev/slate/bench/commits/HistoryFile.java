package dev.slate.bench.commits;

import dev.slate.bench.results.BadInputException;
import dev.slate.bench.results.WholeFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

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
    return byTime(text());
  }

  private List<Entry> byTime(String text) {
    List<Entry> entries = entries(text);
    entries.sort(Comparator.comparing(Entry::time));
    return entries;
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
      return text(WholeFile.read(name));
    } catch (NoSuchFileException e) {
      throw new BadInputException(name, "no such file; slate history add begins one", e);
    } catch (AccessDeniedException e) {
      throw new BadInputException(name, "permission denied", e);
    } catch (IOException e) {
      throw new BadInputException(name, "cannot be read", e);
    }
  }

  private String text(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new BadInputException(name, "not UTF-8", e);
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
   * Adds a line if the entries that are there allow it, or leaves the file as it was. Other
   * processes that add wait meanwhile.
   *
   * @param entry to add
   * @param allowed whether it is added, by the entries that are there, in the order of {@link
   *     #read}
   * @return whether it was added
   * @throws BadInputException if the file is not a history, or cannot be written
   */
  public boolean append(Entry entry, Predicate<List<Entry>> allowed) {
    Path path = Path.of(name);
    try (FileChannel channel =
            FileChannel.open(
                path,
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE);
        FileLock lock = channel.lock()) {
      // By this channel alone: the end of another one of this process would give up the lock.
      String before = text(WholeFile.read(name, Channels.newInputStream(channel)));
      if (!allowed.test(byTime(before))) {
        return false;
      }
      boolean whole = before.isEmpty() || before.endsWith("\n");
      String line = (whole ? "" : "\n") + EntryJson.write(entry) + "\n";
      long end = channel.size();
      try {
        channel.position(end);
        ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(true);
      } catch (IOException e) {
        channel.truncate(end);
        throw e;
      }
      return lock.isValid(); // always; the compiler's lint asks for a use of it
    } catch (IOException e) {
      throw BadInputException.notWritten(name, e);
    }
  }
}
