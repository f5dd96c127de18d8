package dev.slate.data;

import static dev.slate.data.Fixtures.assertBad;
import static dev.slate.data.Fixtures.assertSame;
import static dev.slate.data.Fixtures.fixture;
import static dev.slate.data.Fixtures.read;
import static dev.slate.data.Fixtures.stream;
import static dev.slate.data.Fixtures.write;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Orders and spellings of npy, archives of it, and the formats of big-ann-benchmarks. */
class BinaryFormatsTest {
  @TempDir Path dir;

  private String npy(String header, float... values) throws IOException {
    byte[] text = (header + "\n").getBytes(StandardCharsets.ISO_8859_1);
    ByteBuffer bytes = ByteBuffer.allocate(10 + text.length + 4 * values.length);
    bytes
        .order(ByteOrder.LITTLE_ENDIAN)
        .put((byte) 0x93)
        .put("NUMPY".getBytes(StandardCharsets.US_ASCII));
    bytes.put((byte) 1).put((byte) 0).putShort((short) text.length).put(text);
    for (float value : values) {
      bytes.putFloat(value);
    }
    return write(dir.resolve("x.npy"), bytes);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'descr': 'f4', 'fortran_order': False, 'shape': (2, 3)}",
        "{'descr': '=f4', 'fortran_order': False, 'shape': (2, 3)}",
        "{\"descr\": \"<f4\", \"fortran_order\": False, \"shape\": [2, 3]}",
        "{'shape': (2, 3), 'fortran_order': False, 'descr': '<f4'}",
        "{ 'descr': '<f4', 'fortran_order': False, 'shape': (2L, 3L, ) }",
      })
  void readsWhatOtherProgramsWrite(String header) throws IOException {
    assertSame(new float[][] {{1, 2, 3}, {4, 5, 6}}, read(npy(header, 1, 2, 3, 4, 5, 6)));
  }

  @ParameterizedTest
  @CsvSource({"2,3", "3,2", "1,6", "6,1", "5000,3", "3,5000"})
  void readsFortranOrder(int n, int d) throws IOException {
    float[] columns = new float[n * d];
    float[][] rows = new float[n][d];
    for (int r = 0; r < n; r++) {
      for (int c = 0; c < d; c++) {
        rows[r][c] = r * d + c;
        columns[c * n + r] = rows[r][c];
      }
    }
    String file =
        npy("{'descr': '<f4', 'fortran_order': True, 'shape': (" + n + ", " + d + "), }", columns);
    assertSame(rows, read(file));
    assertSame(rows, stream(file));
    try (VectorFile open = Vectors.open(file, ReadOptions.DEFAULT.withColumns(List.of("1", "0")))) {
      float[] row = new float[2];
      open.copyRows(n - 1, 1, row, 0);
      assertSame(new float[][] {{rows[n - 1][1], rows[n - 1][0]}}, new float[][] {row});
    } catch (InputException e) {
      assertEquals(1, d);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {">u1", "<u1", "|u1", "=u1", "u1"})
  void bytesHaveNoOrder(String kind) throws IOException {
    String file = npy("{'descr': '" + kind + "', 'fortran_order': False, 'shape': (1, 4)}", 0);
    assertSame(new float[][] {{0, 0, 0, 0}}, read(file));
  }

  @Test
  void unsignedIntegersOf64BitsAreRefusedByName() throws IOException {
    String file = npy("{'descr': '<u8', 'fortran_order': False, 'shape': (1, 1)}", 0, 0);
    assertBad(() -> read(file), "holds unsigned 64-bit integers; save them as int64");
  }

  @Test
  void integersOf64BitsAreRoundedOnce() throws IOException {
    // Just above halfway between two floats; a double would drop the last bit, and then tie.
    ByteBuffer value = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
    value.putLong((1L << 60) + (1L << 36) + 1);
    String file =
        npy(
            "{'descr': '<i8', 'fortran_order': False, 'shape': (1, 1)}",
            value.getFloat(0),
            value.getFloat(4));
    assertSame(new float[][] {{0x1p60f + 0x1p37f}}, read(file));
  }

  /** Ten rows of two values; the eighth says that it has three. */
  @Test
  void aWrongLengthInALaterReadIsThatOfItsRow() throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(120).order(ByteOrder.LITTLE_ENDIAN);
    for (int row = 0; row < 10; row++) {
      bytes.putInt(row == 7 ? 3 : 2).putFloat(row).putFloat(-row);
    }
    String file = Fixtures.write(dir.resolve("lengths.fvecs"), bytes.flip());
    try (VectorFile rows = Vectors.open(file)) {
      float[] dst = new float[8];
      rows.copyRows(3, 4, dst, 0);
      assertBad(
          () -> rows.copyRows(5, 4, dst, 0),
          "the row says that it holds 3 values, the first row 2, row 7");
    }
  }

  @Test
  void aByteTooManyIsSeenBehindALongPackedArray() throws IOException {
    int n = 40_000;
    String header = "{'descr': '<f4', 'fortran_order': False, 'shape': (" + n + ", 1), }";
    byte[] whole = Files.readAllBytes(Path.of(npy(header, new float[n])));
    String good = write(dir.resolve("a.npy.gz"), SampleFile.gzip(whole));
    assertEquals(n, read(good).length);
    byte[] more = java.util.Arrays.copyOf(whole, whole.length + 1);
    String bad = write(dir.resolve("b.npy.gz"), SampleFile.gzip(more));
    assertBad(() -> read(bad), "has bytes after the 40000 x 1 values");
  }

  @Test
  void aLaterReadNamesTheRowOfTheFile() throws IOException {
    float[] values = new float[30];
    values[25] = Float.NaN;
    String file = npy("{'descr': '<f4', 'fortran_order': False, 'shape': (10, 3), }", values);
    try (VectorFile rows = Vectors.open(file)) {
      float[] dst = new float[20];
      rows.copyRows(0, 6, dst, 2);
      assertBad(() -> rows.copyRows(6, 4, dst, 2), "the value is NaN, row 8, column 1");
    }
    try (VectorStream rows = Vectors.stream(file, ReadOptions.DEFAULT)) {
      float[] dst = new float[12];
      assertEquals(4, rows.next(dst, 4));
      assertEquals(4, rows.next(dst, 4));
      assertBad(() -> rows.next(dst, 4), "the value is NaN, row 8, column 1");
    }
    try (VectorStream rows = Vectors.stream(file, ReadOptions.DEFAULT)) {
      assertEquals(6, rows.nextDoubles(2).length);
      assertThrows(IllegalArgumentException.class, () -> rows.nextDoubles(0));
      assertThrows(IllegalArgumentException.class, () -> rows.next(new float[3], 0));
      assertThrows(IllegalArgumentException.class, () -> rows.next(new float[3], 2));
      assertEquals(24, rows.nextDoubles(100).length);
      assertEquals(0, rows.nextDoubles(1).length);
    }
  }

  private String npz(boolean stored, String... names) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (String name : names) {
        byte[] content = Files.readAllBytes(Path.of(fixture("f4.npy")));
        ZipEntry entry = new ZipEntry(name);
        if (stored) {
          CRC32 sum = new CRC32();
          sum.update(content);
          entry.setMethod(ZipEntry.STORED);
          entry.setSize(content.length);
          entry.setCrc(sum.getValue());
        }
        zip.putNextEntry(entry);
        zip.write(content);
      }
    }
    return write(dir.resolve("x.npz"), bytes.toByteArray());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void readsAMemberOfAnArchive(boolean stored) throws IOException {
    String file = npz(stored, "train.npy", "deep/test.npy", "readme.txt");
    assertSame(Fixtures.ROWS, read(file + ":train"));
    assertSame(Fixtures.ROWS, stream(file + ":deep/test"));
    assertBad(() -> read(file), "name an array after a colon; the archive has train, deep/test");
    assertBad(() -> read(file + ":x"), "has no array x; the archive has train, deep/test");
    assertSame(Fixtures.ROWS, read(npz(stored, "arr_0.npy")));
    assertBad(() -> Vectors.create(dir.resolve("y.npz:a").toString(), 2, List.of()), "write .npy");
  }

  @Test
  void aDamagedMemberIsRefused() throws IOException {
    String file = npz(true, "a.npy");
    byte[] bytes = Files.readAllBytes(Path.of(file));
    bytes[170] ^= 1;
    write(Path.of(file), bytes);
    assertBad(() -> read(file + ":a"), "its checksum is wrong");
  }

  @ParameterizedTest
  @CsvSource({"fbin,4", "u8bin,1", "i8bin,1", "ibin,4"})
  void readsAndWritesCountedFiles(String ending, int size) throws IOException {
    String file = dir.resolve("x." + ending).toString();
    try (VectorWriter out = Vectors.create(file, 3, List.of())) {
      out.append(new float[] {0, 1, 2, 3, 4, 100}, 0, 2);
      out.commit();
    }
    byte[] bytes = Files.readAllBytes(Path.of(file));
    assertEquals(8 + 6 * size, bytes.length);
    assertEquals(
        List.of(2, 3),
        List.of(
            ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(0),
            ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(4)));
    assertSame(new float[][] {{0, 1, 2}, {3, 4, 100}}, read(file));
    byte[] cut = java.util.Arrays.copyOf(bytes, bytes.length - 1);
    assertBad(() -> read(write(dir.resolve("y." + ending), cut)), "promises 2 x 3 values");
    byte[] more = java.util.Arrays.copyOf(bytes, bytes.length + 1);
    assertBad(() -> read(write(dir.resolve("y." + ending), more)), "has bytes after the 2 x 3");
    byte[] head = java.util.Arrays.copyOf(bytes, 7);
    assertBad(() -> read(write(dir.resolve("y." + ending), head)), "ends within its two counts");
  }

  @Test
  void distancesMayFollowTrueNeighbours() throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(8 + 2 * 4 * 2).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putInt(1).putInt(2).putInt(7).putInt(5).putFloat(0.5f).putFloat(0.75f);
    assertSame(new float[][] {{7, 5}}, read(write(dir.resolve("gt.ibin"), bytes)));
  }

  @Test
  void integersOfI8binAreSigned() throws IOException {
    String file = dir.resolve("x.i8bin").toString();
    try (VectorWriter out = Vectors.create(file, 2, List.of())) {
      out.append(new float[] {-128, 127}, 0, 1);
      out.commit();
    }
    assertSame(new float[][] {{-128, 127}}, read(file));
    try (VectorWriter out = Vectors.create(file, 2, List.of())) {
      assertBad(() -> out.append(new float[] {0, 128}, 0, 1), "holds integers from -128 to 127");
    }
  }
}
