package dev.slate.data;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/** A whole file of each format, to be damaged. */
@SuppressWarnings("ImmutableEnumChecker") // Nobody writes to the arrays.
enum SampleFile {
  NPY(".npy", "f4.npy", Fixtures.ROWS),
  NPY_DOUBLE(".npy", "f8.npy", Fixtures.ROWS),
  NPY_V3(".npy", "v3.npy", Fixtures.ROWS),
  FVECS(".fvecs", vecs(4), Fixtures.WHOLE),
  IVECS(".ivecs", vecs(0), Fixtures.WHOLE),
  BVECS(".bvecs", vecs(1), Fixtures.WHOLE),
  CSV(".csv", "a,b\n1,-2.5\n\"30\",4e2\n5.25,6\n".getBytes(StandardCharsets.UTF_8), numbers()),
  TSV(".tsv", "1\t-2.5\r\n30\t4e2\r\n5.25\t6".getBytes(StandardCharsets.UTF_8), numbers()),
  NPY_GZ(".npy.gz", "f4.npy.gz", Fixtures.ROWS),
  FVECS_GZ(".fvecs.gz", gzip(vecs(4)), Fixtures.WHOLE),
  CSV_GZ(".csv.gz", gzip("1,-2.5\n30,4e2\n5.25,6\n".getBytes(StandardCharsets.UTF_8)), numbers()),
  HDF5(".h5:train", "latest.h5", Fixtures.ROWS),
  HDF5_PACKED(".h5:packed", "latest.h5", Fixtures.TALL),
  HDF5_GROWING(".h5:growing", "latest.h5", Fixtures.TALL),
  HDF5_OLD(".hdf5:train", "layouts.hdf5", Fixtures.ROWS),
  HDF5_CHUNKED(".hdf5:chunked", "layouts.hdf5", Fixtures.TALL),
  HDF5_SHUFFLED(".hdf5:packed", "layouts.hdf5", Fixtures.TALL),
  HDF5_LZF(".hdf5:lzf", "layouts.hdf5", Fixtures.TALL),
  HDF5_CHECKED(".hdf5:checked", "layouts.hdf5", Fixtures.TALL),
  HDF5_GROUP(".hdf5:group/inner", "layouts.hdf5", Fixtures.WHOLE),
  PARQUET(".parquet", "parquet/uncompressed.parquet", ParquetTest.ITEMS),
  PARQUET_SNAPPY(".parquet", "parquet/snappy.parquet", ParquetTest.ITEMS),
  PARQUET_ZSTD(".parquet", "parquet/zstd.parquet", ParquetTest.ITEMS);

  private final String ending;
  private final byte[] bytes;
  private final float[][] rows;

  SampleFile(String ending, byte[] bytes, float[][] rows) {
    this.ending = ending;
    this.bytes = bytes;
    this.rows = rows;
  }

  SampleFile(String ending, String fixture, float[][] rows) {
    this(ending, read(fixture), rows);
  }

  String ending() {
    return ending;
  }

  byte[] bytes() {
    return bytes.clone();
  }

  /** What the undamaged file holds. */
  float[][] rows() {
    return rows;
  }

  boolean gzip() {
    return ending.endsWith(".gz");
  }

  boolean vecs() {
    return this == FVECS || this == IVECS || this == BVECS;
  }

  boolean text() {
    return this == CSV || this == TSV;
  }

  boolean hdf5() {
    return ending.contains(":");
  }

  private static byte[] read(String fixture) {
    try {
      return Files.readAllBytes(Path.of(Fixtures.fixture(fixture)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Rows as float32 (4), uint8 (1) or int32 (0). */
  private static byte[] vecs(int kind) {
    ByteBuffer bytes = ByteBuffer.allocate(1 << 10).order(ByteOrder.LITTLE_ENDIAN);
    for (float[] row : Fixtures.WHOLE) {
      bytes.putInt(row.length);
      for (float value : row) {
        switch (kind) {
          case 4 -> bytes.putFloat(value);
          case 1 -> bytes.put((byte) value);
          default -> bytes.putInt((int) value);
        }
      }
    }
    byte[] all = new byte[bytes.position()];
    bytes.get(0, all);
    return all;
  }

  private static float[][] numbers() {
    return new float[][] {{1, -2.5f}, {30, 400}, {5.25f, 6}};
  }

  /** One gzip member. */
  static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(packed)) {
      out.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }
}
