package dev.slate.data.memotion;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import dev.slate.data.InputException;
import dev.slate.data.Meme;
import dev.slate.data.format.Ending;
import dev.slate.data.format.FileSpec;
import dev.slate.data.format.Formats;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The label file of the Memotion 7k data set (Sharma et al., SemEval-2020 Task 8). Its words become
 * levels from -1 to 1.
 */
public final class LabelFile {
  private static final String NAME = "image_name";
  private static final List<Map<String, Float>> LEVELS =
      List.of(
          Map.of("not_funny", -1f, "funny", -0.5f, "very_funny", 0.5f, "hilarious", 1f),
          Map.of(
              "not_sarcastic", -1f, "twisted_meaning", -0.5f, "very_twisted", 0.5f, "general", 1f),
          Map.of(
              "not_offensive",
              -1f,
              "slight",
              -0.5f,
              "very_offensive",
              0.5f,
              "hateful_offensive",
              1f),
          Map.of("not_motivational", -1f, "motivational", 1f),
          Map.of(
              "very_negative",
              -1f,
              "negative",
              -0.5f,
              "neutral",
              0f,
              "positive",
              0.5f,
              "very_positive",
              1f));

  private LabelFile() {}

  /**
   * Reads a label file.
   *
   * @param location its name
   * @return its memes in their order
   * @throws InputException if it cannot be read, a column is missing or a word is not a level of
   *     its attribute
   */
  public static List<Meme> read(FileSpec location) {
    String spec = location.spec();
    if (location.ending() != Ending.CSV) {
      throw new InputException(spec, "a label file is a .csv");
    }
    List<Meme> memes = new ArrayList<>();
    try (InputStream in = Formats.bytes(location.requireReadable());
        CsvReader<NamedCsvRecord> records =
            CsvReader.builder().detectBomHeader(true).ofNamedCsvRecord(in)) {
      for (NamedCsvRecord record : records) {
        memes.add(meme(spec, record, memes.size()));
      }
    } catch (CsvParseException e) {
      throw new InputException(spec, "is not well-formed: " + e.getMessage(), e)
          .atRow(memes.size());
    } catch (UncheckedIOException | IOException e) {
      throw new InputException(spec, "cannot be read: " + e.getMessage(), e).atRow(memes.size());
    }
    if (memes.isEmpty()) {
      throw new InputException(spec, "holds no rows");
    }
    return memes;
  }

  private static Meme meme(String spec, NamedCsvRecord record, int row) {
    float[] attributes = new float[LEVELS.size()];
    for (int j = 0; j < attributes.length; j++) {
      String attribute = Meme.ATTRIBUTES.get(j);
      String word = cell(spec, record, attribute, row);
      Float level = LEVELS.get(j).get(word);
      if (level == null) {
        throw new InputException(spec, "'" + word + "' is not a level of " + attribute)
            .atRow(row)
            .atColumn(record.getHeader().indexOf(attribute))
            .onLine(record.getStartingLineNumber());
      }
      attributes[j] = level;
    }
    return Meme.of(cell(spec, record, NAME, row), attributes);
  }

  private static String cell(String spec, NamedCsvRecord record, String column, int row) {
    return record
        .findField(column)
        .orElseThrow(
            () ->
                new InputException(
                        spec,
                        record.getHeader().contains(column)
                            ? "the row has only " + record.getFieldCount() + " cells"
                            : "has no column named " + column)
                    .atRow(row)
                    .onLine(record.getStartingLineNumber()));
  }
}
