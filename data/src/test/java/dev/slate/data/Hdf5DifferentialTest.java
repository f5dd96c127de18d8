package dev.slate.data;

import static dev.slate.data.Fixtures.assertBad;
import static dev.slate.data.Fixtures.fixture;
import static dev.slate.data.Fixtures.read;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/**
 * What h5py wrote, through each filter, chunk index and kind of link, is read to the bit or refused
 * by name; {@code fixtures/hdf5/make.py} says what is what.
 */
class Hdf5DifferentialTest {
  @ParameterizedTest
  @CsvFileSource(
      resources = "/fixtures/hdf5/expected.csv",
      numLinesToSkip = 1,
      emptyValue = "",
      encoding = "UTF-8")
  void isReadOrRefused(String file, String dataset, String refusal) {
    String spec = fixture("hdf5/" + file) + ":" + dataset;
    if (!refusal.isEmpty()) {
      assertBad(() -> read(spec), refusal);
      return;
    }
    float step = dataset.endsWith("u1") ? 1 : 0.25f;
    float[][] rows = read(spec);
    for (int r = 0, i = 0; r < rows.length; r++) {
      for (int c = 0; c < rows[r].length; c++, i++) {
        assertEquals(i * step, rows[r][c], "row " + r + ", column " + c);
      }
    }
  }
}
