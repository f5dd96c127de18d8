package dev.slate.data;

import static dev.slate.data.Fixtures.assertBad;
import static dev.slate.data.Fixtures.assertSame;
import static dev.slate.data.Fixtures.read;
import static dev.slate.data.Fixtures.stream;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Writers and readers together: what goes in comes out, to the bit, or nothing appears at all. */
class WriterTest {
  private static @Nullable Path shared;

  @TempDir @Nullable Path dir;

  @BeforeContainer
  static void createDirectory() throws IOException {
    shared = Files.createTempDirectory("slate-test");
  }

  @AfterContainer
  static void deleteDirectory() throws IOException {
    try (Stream<Path> files = Files.list(path(shared))) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(path(shared));
  }

  @Property(tries = 150)
  void floatsComeBack(
      @ForAll("floatEndings") String ending,
      @ForAll @IntRange(min = 1, max = 300) int n,
      @ForAll @IntRange(min = 1, max = 40) int d,
      @ForAll Random random) {
    float[] rows = new float[n * d];
    for (int i = 0; i < rows.length; i++) {
      float value = Float.intBitsToFloat(random.nextInt());
      rows[i] = Float.isFinite(value) ? value : -0f;
    }
    comesBack(ending, rows, d, random);
  }

  @Property(tries = 60)
  void integersComeBack(
      @ForAll("integerEndings") String ending,
      @ForAll @IntRange(min = 1, max = 300) int n,
      @ForAll @IntRange(min = 1, max = 40) int d,
      @ForAll Random random) {
    float[] rows = new float[n * d];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = ending.contains("bvecs") ? random.nextInt(256) : (float) random.nextInt();
      rows[i] = rows[i] == 0x1p31f ? 0 : rows[i];
    }
    comesBack(ending, rows, d, random);
  }

  private static void comesBack(String ending, float[] rows, int d, Random random) {
    String file = path(shared).resolve("x" + ending).toString();
    int n = rows.length / d;
    try (VectorWriter out = Vectors.create(file, d, List.of())) {
      for (int row = 0; row < n; ) {
        int count = 1 + random.nextInt(n - row);
        out.append(rows, row * d, count);
        row += count;
      }
      out.commit();
    }
    float[][] expected = Fixtures.split(rows, d);
    assertSame(expected, read(file));
    assertSame(expected, stream(file));
    try (VectorFile open = Vectors.open(file)) {
      int first = random.nextInt(n);
      int count = random.nextInt(n - first + 1);
      float[] some = new float[count * d];
      open.copyRows(first, count, some, 0);
      assertEquals(
          Arrays.toString(Arrays.copyOfRange(rows, first * d, (first + count) * d)),
          Arrays.toString(some));
    }
  }

  @Provide
  Arbitrary<String> floatEndings() {
    return Arbitraries.of(
        ".npy", ".fvecs", ".csv", ".tsv", ".csv.gz", ".tsv.gz", ".npy.gz", ".fvecs.gz", ".h5:rows");
  }

  @Provide
  Arbitrary<String> integerEndings() {
    return Arbitraries.of(".bvecs", ".ivecs", ".bvecs.gz", ".ivecs.gz");
  }

  @Test
  void writesTheDigitsOfNumpyInEveryLanguage() throws IOException {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.of("ar", "EG"));
    try {
      String file = at("digits.npy");
      try (VectorWriter out = Vectors.create(file, 2, List.of())) {
        out.append(new float[] {1, 2}, 0, 1);
        out.commit();
      }
      assertSame(new float[][] {{1, 2}}, read(file));
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void headerNamesComeBack() {
    String file = at("x.csv");
    List<String> names = List.of("plain", "with, comma", "with \"quotes\"");
    try (VectorWriter out = Vectors.create(file, 3, names)) {
      out.append(new float[] {1, 2, 3}, 0, 1);
      out.commit();
    }
    try (VectorFile open = Vectors.open(file)) {
      assertEquals(names, open.names());
      assertSame(new float[][] {{1, 2, 3}}, Fixtures.rows(open));
    }
  }

  @Test
  void nothingAppearsWithoutCommit() throws IOException {
    for (String name : List.of("x.npy", "x.csv", "x.fvecs.gz", "x.csv.gz", "x.h5:rows")) {
      try (VectorWriter out = Vectors.create(at(name), 2, List.of())) {
        out.append(new float[] {1, 2}, 0, 1);
        assertFalse(Files.exists(path(dir).resolve(name.replace(":rows", ""))));
      }
      assertEquals(List.of(), files());
    }
  }

  @Test
  void fileOfTheSameNameStaysUntilCommit() throws IOException {
    Path file = path(dir).resolve("x.csv");
    Files.writeString(file, "9,9\n");
    try (VectorWriter out = Vectors.create(file.toString(), 1, List.of())) {
      out.append(new float[] {1}, 0, 1);
      assertEquals("9,9\n", Files.readString(file));
      out.commit();
    }
    assertEquals("1.0\n", Files.readString(file));
    assertEquals(List.of(file), files());
  }

  @Test
  void linkIsFollowed() throws IOException {
    Path file = Files.writeString(path(dir).resolve("real.csv"), "9\n");
    Path link = Files.createSymbolicLink(path(dir).resolve("link.csv"), file);
    try (VectorWriter out = Vectors.create(link.toString(), 1, List.of())) {
      out.append(new float[] {1}, 0, 1);
      out.commit();
    }
    assertEquals("1.0\n", Files.readString(file));
    assertEquals(file, Files.readSymbolicLink(link));
  }

  @Test
  void refusesWhatTheFormatCannotHold() {
    String bvecs = "x.bvecs: holds integers from 0 to 255, not ";
    refused("x.bvecs", 256, bvecs + "256.0, row 1, column 1");
    refused("x.bvecs", -1, bvecs + "-1.0, row 1, column 1");
    refused("x.bvecs", 0.5f, bvecs + "0.5, row 1, column 1");
    refused("x.ivecs", 0x1p31f, "x.ivecs: holds 32-bit integers, not 2.1474836E9, row 1, column 1");
    refused("x.ivecs", 1.5f, "not 1.5, row 1, column 1");
  }

  private void refused(String name, float value, String problem) {
    try (VectorWriter out = Vectors.create(at(name), 2, List.of())) {
      assertBad(() -> out.append(new float[] {0, 0, 0, value}, 0, 2), problem);
    }
  }

  @Test
  void refusesPlacesThatCannotBeWritten() throws IOException {
    assertBad(() -> Vectors.create(at("none/x.npy"), 1, List.of()), "its directory does not exist");
    Files.createDirectory(path(dir).resolve("d.npy"));
    assertBad(() -> Vectors.create(at("d.npy"), 1, List.of()), "d.npy: is a directory");
    assertBad(() -> Vectors.create(at("x.dat"), 1, List.of()), "does not end in a known format");
    assertThrows(IllegalArgumentException.class, () -> Vectors.create(at("x.npy"), 0, List.of()));
    assertThrows(
        IndexOutOfBoundsException.class,
        () -> {
          try (VectorWriter out = Vectors.create(at("x.npy"), 2, List.of())) {
            out.append(new float[3], 0, 2);
          }
        });
    assertEquals(List.of(path(dir).resolve("d.npy")), files());
  }

  private String at(String name) {
    return path(dir).resolve(name).toString();
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(path(dir))) {
      return files.toList();
    }
  }

  private static Path path(@Nullable Path path) {
    return java.util.Objects.requireNonNull(path);
  }
}
