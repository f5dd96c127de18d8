package dev.slate.recommend.feedback;

import dev.slate.data.GzipStream;
import dev.slate.recommend.Feedback;
import dev.slate.recommend.Names;
import dev.slate.recommend.Workers;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the leading rows of a table that are plain: ASCII, without quotes, without blanks around
 * cells, numbers and kinds as they should be. Workers parse blocks of whole lines, straight from
 * bytes into columns; blocks join the log in the order of the file, so that names have the ordinals
 * of a reader with one thread. At the first other row it stops: {@link TextRecords} knows what is
 * allowed and what to say, and goes on from there. Each row read here is a record there.
 */
final class PlainRows {
  /** Bytes that a worker parses at once. */
  static final int BLOCK = 1 << 22;

  private final RowLayout layout;
  private final Names users;
  private final Names items;

  private PlainRows(RowLayout layout, Names users, Names items) {
    this.layout = layout;
    this.users = users;
    this.items = items;
  }

  /**
   * Appends the leading plain rows.
   *
   * @param block bytes that a worker parses at once; a line that is longer is not plain
   * @return whether these are all rows of the file
   */
  static boolean read(
      String spec,
      RowLayout layout,
      Feedback.Builder log,
      Names users,
      Names items,
      Workers workers,
      int block) {
    PlainRows rows = new PlainRows(layout, users, items);
    Path path = Path.of(spec);
    if (!Files.isRegularFile(path)) {
      return false; // A pipe can be read once only.
    }
    try (InputStream bytes = Files.newInputStream(path);
        InputStream text = spec.endsWith(".gz") ? new GzipStream(bytes) : bytes) {
      return rows.read(new Lines(text, block), log, workers, block);
    } catch (IOException e) {
      return false; // The other reader meets it too, and tells it.
    }
  }

  private boolean read(Lines lines, Feedback.Builder log, Workers workers, int block)
      throws IOException {
    List<PlainBlock> blocks = new ArrayList<>();
    for (int i = 0; i < workers.threads(); i++) {
      blocks.add(new PlainBlock(layout, block));
    }
    boolean first = layout.header();
    while (true) {
      int filled = 0;
      while (filled < blocks.size() && lines.fill(blocks.get(filled))) {
        filled++;
      }
      if (filled == 0) {
        return lines.ended();
      }
      if (first && !blocks.getFirst().skipHeader()) {
        return false;
      }
      first = false;
      workers.run(filled, () -> piece -> blocks.get(piece).parse(users, items));
      for (int i = 0; i < filled; i++) {
        append(blocks.get(i), log);
        if (!blocks.get(i).whole()) {
          return false;
        }
      }
    }
  }

  private void append(PlainBlock block, Feedback.Builder log) {
    int[] user = block.user.ordinals(users);
    int[] item = block.item.ordinals(items);
    for (int row = 0; row < block.rows(); row++) {
      int byUser = block.user.at(row);
      int ofItem = block.item.at(row);
      log.add(
          byUser < 0 ? user[~byUser] : byUser,
          ofItem < 0 ? item[~ofItem] : ofItem,
          block.value[row],
          block.time[row],
          block.kind[row]);
    }
  }

  /** Cuts a stream into blocks of whole lines. */
  private static final class Lines {
    private final InputStream in;
    private final byte[] rest;
    private int left;

    Lines(InputStream in, int block) {
      this.in = in;
      this.rest = new byte[block];
    }

    /** Fills a block; false at the end, and before a line that is longer than a block. */
    boolean fill(PlainBlock block) throws IOException {
      byte[] bytes = block.bytes;
      System.arraycopy(rest, 0, bytes, 0, left);
      int size = left + in.readNBytes(bytes, left, bytes.length - left);
      int end = size;
      if (size == bytes.length) {
        while (end > 0 && bytes[end - 1] != '\n') {
          end--;
        }
      }
      left = size - end;
      System.arraycopy(bytes, end, rest, 0, left);
      block.length(end);
      return end > 0;
    }

    /** Whether nothing is left, where no block could be filled. */
    boolean ended() {
      return left == 0;
    }
  }
}
