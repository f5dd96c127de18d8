package dev.slate.kernel.journal;

import dev.slate.kernel.file.DurableFiles;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;

/** Forces what was written to the disk. Tests take note of it, or let it fail. */
interface Disk {
  /** The disk itself. */
  Disk REAL =
      new Disk() {
        @Override
        public void sync(RandomAccessFile file, Path name) throws IOException {
          file.getFD().sync();
        }

        @Override
        public void forceEntry(Path file) throws IOException {
          DurableFiles.forceEntry(file);
        }
      };

  /**
   * Forces the bytes of a file.
   *
   * @param name its name
   */
  void sync(RandomAccessFile file, Path name) throws IOException;

  /** Forces the entry of a file, or of a directory, in its directory. */
  void forceEntry(Path file) throws IOException;
}
