package dev.slate.data;

import static dev.slate.data.Fixtures.assertBad;
import static dev.slate.data.Fixtures.assertSame;
import static dev.slate.data.Fixtures.fixture;
import static dev.slate.data.Fixtures.read;
import static dev.slate.data.Fixtures.stream;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Hdf5Test {
  @TempDir Path dir;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "layouts.hdf5:train",
        "layouts.hdf5:/train",
        "layouts.hdf5:double",
        "latest.h5:train"
      })
  void readsContiguous(String name) {
    assertSame(Fixtures.ROWS, read(fixture(name)));
    assertSame(Fixtures.ROWS, stream(fixture(name)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"layouts.hdf5:bytes", "layouts.hdf5:group/inner"})
  void readsIntegers(String name) {
    assertSame(Fixtures.WHOLE, read(fixture(name)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "layouts.hdf5:chunked",
        "layouts.hdf5:packed",
        "layouts.hdf5:lzf",
        "layouts.hdf5:checked",
        "latest.h5:packed",
        "latest.h5:growing",
      })
  void readsChunks(String name) {
    assertSame(Fixtures.TALL, read(fixture(name)));
    assertSame(Fixtures.TALL, stream(fixture(name)));
    try (VectorFile file = Vectors.open(fixture(name))) {
      for (int first = 0; first < 7; first++) {
        for (int count = 0; first + count <= 7; count++) {
          float[] some = new float[count * 5];
          file.copyRows(first, count, some, 0);
          for (int i = 0; i < some.length; i++) {
            assertEquals(Fixtures.TALL[first + i / 5][i % 5], some[i]);
          }
        }
      }
    }
  }

  @Test
  void oneDimensionIsOneColumn() {
    assertSame(new float[][] {{1.5f}, {2.5f}, {3.5f}}, read(fixture("layouts.hdf5:column")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "bad_holes      | a chunk was never written, row 3",
        "bad_unwritten  | the data set was never written",
        "bad_big_endian | is big-endian",
        "bad_cube       | is an array of 3 dimensions",
        "bad_scalar     | is an array of 0 dimensions",
        "bad_bool       | values of HDF5 type Enum",
        "bad_text       | values of HDF5 type String",
        "bad_struct     | values of HDF5 type Compound",
        "bad_nan        | the value is NaN, row 1, column 1",
        "bad_empty      | holds no values",
        "missing        | has no data set missing; the file has",
        "group          | has no data set group; the file has",
        "train/x        | has no data set train/x; the file has",
      })
  void refuses(String name, String problem) {
    assertBad(() -> read(fixture("layouts.hdf5:" + name)), problem.strip());
  }

  @Test
  void listsDataSetsWhereNoneIsNamed() {
    assertBad(() -> read(fixture("latest.h5")), "name a data set after a colon");
    assertBad(() -> read(fixture("latest.h5:")), "train [3 x 4]");
  }

  @Test
  void writesWhatItReads() throws IOException {
    String file = dir.resolve("new.hdf5") + ":train";
    try (VectorWriter out = Vectors.create(file, 4, List.of())) {
      out.append(Fixtures.flat(Fixtures.ROWS), 0, 2);
      out.append(Fixtures.flat(Fixtures.ROWS), 8, 1);
      out.commit();
    }
    assertSame(Fixtures.ROWS, read(file));
    try (Stream<Path> files = Files.list(dir)) {
      assertArrayEquals(new Object[] {dir.resolve("new.hdf5")}, files.toArray());
    }
  }

  @Test
  void needsTheNameOfTheDataSetToWrite() {
    assertBad(
        () -> Vectors.create(dir.resolve("a.hdf5").toString(), 4, List.of()), "name the data set");
  }
}
