package dev.slate.data.memotion;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * How often each point of the attribute space occurs among the 6,992 memes of the Memotion 7k
 * labels.
 */
public final class Points {
  /** Number of attributes. */
  public static final int DIMENSIONS = 5;

  private static final String RESOURCE = "joint-counts.csv";

  private Points() {}

  /**
   * Every point as often as it occurs, in the order of the counts.
   *
   * @return 6,992 x 5 values, row-major; a new array
   */
  public static float[] expanded() {
    List<float[]> rows = new ArrayList<>();
    try (InputStream in = Objects.requireNonNull(Points.class.getResourceAsStream(RESOURCE));
        CsvReader<NamedCsvRecord> records = CsvReader.builder().ofNamedCsvRecord(in)) {
      for (NamedCsvRecord record : records) {
        float[] point = new float[DIMENSIONS];
        for (int j = 0; j < DIMENSIONS; j++) {
          point[j] = Float.parseFloat(record.getField(j));
        }
        int count = Integer.parseInt(record.getField(DIMENSIONS));
        for (int i = 0; i < count; i++) {
          rows.add(point);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    float[] all = new float[rows.size() * DIMENSIONS];
    for (int i = 0; i < rows.size(); i++) {
      System.arraycopy(rows.get(i), 0, all, i * DIMENSIONS, DIMENSIONS);
    }
    return all;
  }
}
