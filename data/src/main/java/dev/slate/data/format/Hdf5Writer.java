package dev.slate.data.format;

import dev.slate.data.InputException;
import dev.slate.data.OutputFile;
import dev.slate.data.VectorWriter;
import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.dataset.ContiguousDataset;
import io.jhdf.exceptions.HdfException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Objects;

/**
 * Writes one contiguous float32 data set into a new HDF5 file.
 *
 * <p>The library writes a data set only when all of it is there. So the rows are first written to a
 * temporary file without a name. At the end the library writes the structure around the right
 * number of rows of zeros, which are one and the same array, and the rows are then copied over
 * them. Memory: one reference a row.
 */
final class Hdf5Writer implements VectorWriter {
  private static final int BUFFER_BYTES = 1 << 18;

  /** The format allows more, but the name must fit into the header of a group. */
  private static final int MAX_NAME_BYTES = 1_000;

  private final String spec;
  private final String dataset;
  private final int d;
  private final OutputFile output;
  private final FileChannel body;
  private final ByteBuffer buffer;
  private long rows;

  Hdf5Writer(FileSpec location, int d) {
    this.spec = location.spec();
    String name = location.dataset();
    if (name == null || name.contains("/") || name.equals(".")) {
      throw new InputException(
          spec, "name the data set to write, without slashes: FILE.hdf5:train");
    }
    if (name.getBytes(StandardCharsets.UTF_8).length > MAX_NAME_BYTES) {
      throw new InputException(
          location.path().toString(),
          "the name of a data set has at most " + MAX_NAME_BYTES + " bytes");
    }
    this.dataset = name;
    this.d = d;
    this.buffer =
        ByteBuffer.allocateDirect(Math.max(BUFFER_BYTES, d * Float.BYTES))
            .order(ByteOrder.LITTLE_ENDIAN);
    // The library writes by name, and goes back: not into a device or a pipe.
    if (Files.exists(location.path())
        && !Files.isDirectory(location.path())
        && !Files.isRegularFile(location.path())) {
      throw new InputException(spec, "HDF5 is written to a regular file only");
    }
    this.output = OutputFile.create(location.path().toString());
    try {
      this.body = Target.nameless();
    } catch (IOException e) {
      output.close();
      throw OutputFile.unwritable(spec, e);
    }
  }

  @Override
  public void append(float[] values, int offset, int count) {
    Objects.checkFromIndexSize(offset, (long) count * d, values.length);
    for (int r = 0; r < count; r++) {
      if (buffer.remaining() < d * Float.BYTES) {
        flush();
      }
      buffer.asFloatBuffer().put(values, offset + r * d, d);
      buffer.position(buffer.position() + d * Float.BYTES);
    }
    rows += count;
    if (rows > Integer.MAX_VALUE) {
      throw new InputException(spec, "holds at most " + Integer.MAX_VALUE + " rows");
    }
  }

  private void flush() {
    buffer.flip();
    try {
      while (buffer.hasRemaining()) {
        body.write(buffer);
      }
    } catch (IOException e) {
      throw OutputFile.unwritable(spec, e);
    }
    buffer.clear();
  }

  @Override
  public void commit() {
    if (rows == 0) {
      throw new InputException(spec, "an HDF5 data set needs at least one row");
    }
    flush();
    long address = structure();
    try (FileChannel file = FileChannel.open(output.path(), StandardOpenOption.WRITE)) {
      file.position(address);
      long size = body.size();
      for (long done = 0; done < size; ) {
        done += body.transferTo(done, size - done, file);
      }
    } catch (IOException e) {
      throw OutputFile.unwritable(spec, e);
    }
    output.commit();
  }

  /** Lets the library write the file with zeros, and returns where they begin. */
  private long structure() {
    float[][] zeros = new float[(int) rows][];
    Arrays.fill(zeros, new float[d]);
    try (WritableHdfFile file = HdfFile.write(output.path())) {
      file.putDataset(dataset, zeros);
    } catch (HdfException | InternalError e) {
      // A full disk: the library wraps what the system says, and a mapped file has no room either.
      throw OutputFile.unwritable(spec, new IOException(Hdf5Files.reason(e), e));
    }
    try (HdfFile file = new HdfFile(output.path())) {
      return ((ContiguousDataset) file.getDatasetByPath(dataset)).getDataAddress()
          + file.getUserBlockSize();
    } catch (HdfException | InternalError e) {
      throw OutputFile.unwritable(spec, new IOException(Hdf5Files.reason(e), e));
    }
  }

  @Override
  public void close() {
    try {
      body.close();
    } catch (IOException e) {
      throw OutputFile.unwritable(spec, e);
    } finally {
      output.close();
    }
  }
}
