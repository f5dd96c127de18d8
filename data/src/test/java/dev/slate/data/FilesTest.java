package dev.slate.data;

import static dev.slate.data.Fixtures.assertBad;
import static dev.slate.data.Fixtures.assertSame;
import static dev.slate.data.Fixtures.fixture;
import static dev.slate.data.Fixtures.read;
import static dev.slate.data.Fixtures.stream;
import static dev.slate.data.Fixtures.write;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every format has in common: names, missing files, other formats. And the vecs formats. */
class FilesTest {
  @TempDir Path dir;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a.npy",
        "a.fvecs",
        "a.bvecs",
        "a.ivecs",
        "a.csv",
        "a.tsv",
        "a.csv.gz",
        "a.npy.gz",
        "a.h5:x",
        "a.hdf5:x",
      })
  void missingEmptyOrDirectory(String name) throws IOException {
    String spec = dir.resolve(name).toString();
    assertBad(() -> read(spec), spec + ": no such file");
    Path file = Path.of(spec.replace(":x", ""));
    Files.createFile(file);
    assertBad(() -> read(spec), spec + ": is empty");
    assertBad(() -> stream(spec), spec + ": is empty");
    Files.delete(file);
    Files.createDirectory(file);
    assertBad(() -> read(spec), spec + ": is a directory");
  }

  @Test
  void unreadable() throws IOException {
    for (String name : List.of("a.npy", "a.csv", "a.csv.gz", "a.h5:x")) {
      Path file = Files.writeString(dir.resolve(name.replace(":x", "")), "1,2\n");
      Files.setPosixFilePermissions(file, Set.of());
      assumeFalse(Files.isReadable(file), "the super-user reads everything");
      assertBad(() -> read(dir.resolve(name).toString()), "permission denied");
    }
  }

  @Test
  void endingsAreKnownOrNot() throws IOException {
    assertBad(() -> Vectors.open(dir.toString()), "is a directory");
    assertBad(() -> Vectors.open("items.dat"), "does not end in a known format");
    assertBad(() -> Vectors.open("npy"), "does not end in a known format");
    assertBad(() -> Vectors.open("items.slate"), "a .slate holds an index, not vectors");
    assertBad(() -> Vectors.open("items.hdf5.gz"), "gunzip it first");
    assertBad(() -> Vectors.open("a\0b.npy"), "is not a file name");
    Path upper = dir.resolve("ITEMS.NPY");
    Files.copy(Path.of(fixture("f4.npy")), upper);
    assertSame(Fixtures.ROWS, read(upper.toString()));
  }

  @Test
  void otherFormatsAreRecognised() throws IOException {
    other("f4.npy", "a.csv", "looks like npy, not csv");
    other("f4.npy", "a.fvecs", "looks like npy, not fvecs");
    other("f4.npy", "a.csv.gz", "looks like npy, not gzip");
    other("f4.npy", "a.h5:train", "looks like npy, not HDF5");
    other("f4.npy.gz", "a.npy", "looks like gzip, not npy");
    other("layouts.hdf5", "a.npy", "looks like HDF5, not npy");
    other("layouts.hdf5", "a.tsv", "looks like HDF5, not tsv");
    other("make.py", "a.npy", "looks like text, not npy");
    other("make.py", "a.fvecs", "it looks like text, row 0");
    other("make.py", "a.h5:train", "No valid HDF5 signature");
  }

  private void other(String fixture, String name, String problem) throws IOException {
    Path file = dir.resolve(name.replace(":train", ""));
    Files.deleteIfExists(file);
    Files.copy(Path.of(fixture(fixture)), file);
    assertBad(() -> read(dir.resolve(name).toString()), problem);
  }

  @Test
  void readsVecs() throws IOException {
    ByteBuffer bytes = vecs(2 * 12).putInt(2).putFloat(1.5f).putFloat(-0f);
    bytes.putInt(2).putFloat(Float.MIN_VALUE).putFloat(3e38f);
    String file = write(dir.resolve("x.fvecs"), bytes);
    assertSame(new float[][] {{1.5f, -0f}, {Float.MIN_VALUE, 3e38f}}, read(file));
    assertSame(new float[][] {{1.5f, -0f}, {Float.MIN_VALUE, 3e38f}}, stream(file));
    bytes = vecs(2 * 7).putInt(3).put(new byte[] {0, 1, -1}).putInt(3).put(new byte[] {9, 8, 7});
    file = write(dir.resolve("x.bvecs"), bytes);
    assertSame(new float[][] {{0, 1, 255}, {9, 8, 7}}, read(file));
    bytes = vecs(2 * 8).putInt(1).putInt(-5).putInt(1).putInt(16777217);
    file = write(dir.resolve("x.ivecs"), bytes);
    assertSame(new float[][] {{-5}, {16777216}}, read(file));
  }

  @Test
  void refusesVecs() throws IOException {
    vecs("ends within the length of row 0", vecs(2));
    vecs("claims 0 values", vecs(12));
    vecs("claims -1 values", vecs(12).putInt(-1));
    vecs("claims 2147483647 values in a file of 12 bytes", vecs(12).putInt(Integer.MAX_VALUE));
    vecs("claims 3 values in a file of 12 bytes, row 0", vecs(12).putInt(3));
    vecs("ends within a row: rows of 8 bytes do not divide 12 bytes, row 1", vecs(12).putInt(1));
    vecs(
        "says that it holds 2 values, the first row 1, row 1",
        vecs(16).putInt(1).putInt(0).putInt(2));
    vecs(
        "the value is NaN, row 1, column 0",
        vecs(16).putInt(1).putInt(0).putInt(1).putFloat(Float.NaN));
  }

  private void vecs(String problem, ByteBuffer bytes) throws IOException {
    String file = write(dir.resolve("x.fvecs"), bytes);
    assertBad(() -> read(file), problem);
  }

  private static ByteBuffer vecs(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
