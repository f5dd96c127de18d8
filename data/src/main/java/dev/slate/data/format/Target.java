package dev.slate.data.format;

import dev.slate.data.OutputFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * The destination of a writer that must go back to its header: the output file itself, or, if that
 * is compressed, a temporary file without a name that is packed into it at the end.
 */
final class Target implements AutoCloseable {
  private final OutputFile output;
  private final @Nullable FileChannel unpacked;

  private Target(OutputFile output, @Nullable FileChannel unpacked) {
    this.output = output;
    this.unpacked = unpacked;
  }

  static Target create(FileSpec location) {
    OutputFile output = OutputFile.create(location.spec());
    try {
      return new Target(output, location.gzip() ? nameless() : null);
    } catch (IOException e) {
      output.close();
      throw OutputFile.unwritable(location.spec(), e);
    }
  }

  /** A file for reading and writing that has no name any more: it vanishes with the process. */
  static FileChannel nameless() throws IOException {
    return FileChannel.open(
        Files.createTempFile("slate-", ".tmp"),
        StandardOpenOption.READ,
        StandardOpenOption.WRITE,
        StandardOpenOption.DELETE_ON_CLOSE);
  }

  FileChannel channel() {
    return unpacked == null ? output.channel() : unpacked;
  }

  void commit() {
    if (unpacked != null) {
      try (OutputStream packed = new GZIPOutputStream(output.stream(), 1 << 16)) {
        Channels.newInputStream(unpacked.position(0)).transferTo(packed);
      } catch (IOException e) {
        throw OutputFile.unwritable(output.name(), e);
      }
    }
    output.commit();
  }

  @Override
  public void close() {
    try {
      if (unpacked != null) {
        unpacked.close();
      }
    } catch (IOException e) {
      throw OutputFile.unwritable(output.name(), e);
    } finally {
      output.close();
    }
  }
}
