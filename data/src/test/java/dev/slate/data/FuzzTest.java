package dev.slate.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every format, cut short, edited, under another ending, and noise in its place. The number of
 * tries is that of {@code -Dslate.test.tries}; the profile {@code soak} has a larger one.
 */
class FuzzTest {
  @ParameterizedTest
  @EnumSource(SampleFile.class)
  void wholeFilesAreRead(SampleFile sample) {
    Damaged.read(sample.ending(), sample.bytes(), rows -> same(sample.rows(), rows));
  }

  @ParameterizedTest
  @EnumSource(SampleFile.class)
  void cutAnywhere(SampleFile sample) {
    byte[] whole = sample.bytes();
    for (int length = 0; length < whole.length; length += step(sample)) {
      byte[] cut = Arrays.copyOf(whole, length);
      Damaged.read(
          sample.ending(),
          cut,
          rows -> {
            if (sample.hdf5()) {
              // What is behind the data set may be missing.
              assertTrue(rows == null || Arrays.deepEquals(sample.rows(), rows));
            } else if (sample.vecs() || sample.text()) {
              expect(sample, cut, rows);
            } else {
              assertNull(rows);
            }
          });
    }
  }

  /** HDF5 spreads its structure over the file; there a step that meets every structure will do. */
  private static int step(SampleFile sample) {
    return !sample.hdf5() ? 1 : sample.ending().startsWith(".hdf5") ? 61 : 5;
  }

  @Property
  void edited(
      @ForAll SampleFile sample, @ForAll("edits") @Size(min = 1, max = 4) List<Edit> edits) {
    byte[] bytes = Edit.apply(edits, sample.bytes());
    Damaged.read(sample.ending(), bytes, rows -> expect(sample, bytes, rows));
  }

  @Provide
  Arbitrary<List<Edit>> edits() {
    return Edit.arbitrary().list();
  }

  /** Where the simplest reader understands the bytes, the rows are its rows, or both refuse. */
  private static void expect(
      SampleFile sample, byte[] bytes, float @Nullable [] @Nullable [] rows) {
    char separator = sample == SampleFile.TSV ? '\t' : ',';
    if (sample.vecs()) {
      same(Plainly.vecs(bytes, sample), rows);
    } else if (sample.text() && Plainly.isPlain(bytes, separator)) {
      same(Plainly.text(bytes, separator), rows);
    } else if (sample.ending().equals(".npy") && Plainly.isUsualNpy(bytes)) {
      same(Plainly.npy(bytes), rows);
    }
  }

  @Property
  void packedAndEdited(
      @ForAll("packed") SampleFile sample,
      @ForAll("edits") @Size(min = 1, max = 2) List<Edit> edits) {
    byte[] bytes = Edit.apply(edits, sample.bytes());
    // The checksum of gzip tells.
    Damaged.read(
        sample.ending(),
        bytes,
        rows -> assertTrue(rows == null || Arrays.deepEquals(sample.rows(), rows)));
  }

  @Provide
  Arbitrary<SampleFile> packed() {
    return Arbitraries.of(SampleFile.class).filter(SampleFile::gzip);
  }

  @Property
  void underAnotherEnding(@ForAll SampleFile sample, @ForAll SampleFile other) {
    Damaged.read(
        other.ending(),
        sample.bytes(),
        rows ->
            assertTrue(
                rows == null || other.ending().equals(sample.ending()) || kin(sample, other)));
  }

  /** Formats that cannot be told apart by their bytes. */
  private static boolean kin(SampleFile a, SampleFile b) {
    return (a.vecs() && b.vecs()) || (a.text() && b.text()) || (a.hdf5() && b.hdf5());
  }

  @Property
  void noise(
      @ForAll SampleFile sample, @ForAll @Size(max = 400) byte[] noise, @ForAll boolean magic) {
    byte[] bytes = noise.clone();
    if (magic) {
      System.arraycopy(sample.bytes(), 0, bytes, 0, Math.min(8, bytes.length));
    }
    Damaged.read(sample.ending(), bytes, rows -> expect(sample, bytes, rows));
  }

  @Property
  void plainText(@ForAll("plain") String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    Damaged.read(".csv", bytes, rows -> same(Plainly.text(bytes, ','), rows));
  }

  @Provide
  Arbitrary<String> plain() {
    return Arbitraries.of("1", "23", ".5", "-", "e", "e9", "e99", ",", ",", ",", "\n", "\n")
        .list()
        .ofMaxSize(30)
        .map(pieces -> String.join("", pieces));
  }

  @TestFactory
  Stream<DynamicTest> whatOnceFailed() throws IOException {
    try (Stream<Path> kept = Files.list(Path.of(Fixtures.fixture("fuzz")))) {
      return kept.sorted().toList().stream()
          .map(
              file ->
                  DynamicTest.dynamicTest(
                      file.getFileName().toString(),
                      () -> replay(Damaged.ending(file), Files.readAllBytes(file))));
    }
  }

  /** What holds for the damaged files above: the rows of the simplest reader, or those before. */
  private static void replay(String ending, byte[] bytes) {
    List<SampleFile> samples =
        Arrays.stream(SampleFile.values())
            .filter(sample -> sample.ending().equals(ending))
            .toList();
    assertFalse(samples.isEmpty(), ending);
    Damaged.read(
        ending,
        bytes,
        rows -> {
          for (SampleFile sample : samples) {
            if (sample.hdf5() || sample.gzip()) {
              assertTrue(rows == null || Arrays.deepEquals(sample.rows(), rows));
            } else {
              expect(sample, bytes, rows);
            }
          }
        });
  }

  private static void same(
      float @Nullable [] @Nullable [] expected, float @Nullable [] @Nullable [] actual) {
    if (expected == null || actual == null) {
      assertEquals(Arrays.deepToString(expected), Arrays.deepToString(actual));
    }
    if (expected != null) {
      Fixtures.assertSame(expected, assertNotNullRows(actual));
    }
  }

  private static float[][] assertNotNullRows(float @Nullable [] @Nullable [] rows) {
    assertNotNull(rows);
    return rows;
  }
}
