package dev.slate.data.format;

import dev.slate.data.InputException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** The arrays of an npz archive: {@code NAME.npy}, stored or deflated, in a zip file. */
final class NpzMembers {
  private static final String SUFFIX = ".npy";

  private NpzMembers() {}

  /** Unpacks the array that the location names, or the only one, into a nameless file. */
  static FileChannel unpack(FileSpec location) throws IOException {
    try (ZipFile archive = new ZipFile(location.path().toFile())) {
      ZipEntry member = member(location, archive);
      return BinaryFiles.unpack(
          location, new Checked(archive.getInputStream(member), member.getCrc()));
    } catch (ZipException e) {
      throw new InputException(location.spec(), "is damaged: " + e.getMessage(), e);
    }
  }

  private static ZipEntry member(FileSpec location, ZipFile archive) {
    String name = location.dataset();
    List<String> names =
        archive.stream()
            .map(ZipEntry::getName)
            .filter(entry -> entry.endsWith(SUFFIX))
            .map(entry -> entry.substring(0, entry.length() - SUFFIX.length()))
            .toList();
    String wanted = name == null && names.size() == 1 ? names.getFirst() : name;
    ZipEntry member =
        wanted == null || !names.contains(wanted) ? null : archive.getEntry(wanted + SUFFIX);
    if (member == null) {
      throw new InputException(
          location.spec(),
          (name == null ? "name an array after a colon" : "has no array " + name)
              + "; the archive has "
              + (names.isEmpty() ? "none" : String.join(", ", names)));
    }
    return member;
  }

  /** Compares the checksum once all is read, which a zip file's own stream does not. */
  private static final class Checked extends FilterInputStream {
    private final CRC32 sum = new CRC32();
    private final long expected;

    Checked(InputStream in, long expected) {
      super(in);
      this.expected = expected;
    }

    @Override
    public int read() throws IOException {
      int value = in.read();
      if (value >= 0) {
        sum.update(value);
      } else {
        check();
      }
      return value;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int count = in.read(bytes, offset, length);
      if (count > 0) {
        sum.update(bytes, offset, count);
      } else if (count < 0) {
        check();
      }
      return count;
    }

    private void check() throws IOException {
      if (sum.getValue() != expected) {
        throw new ZipException("its checksum is wrong");
      }
    }
  }
}
