package dev.slate.data.format;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import dev.slate.data.Notice;
import dev.slate.data.Notice.Topic;
import dev.slate.data.ReadOptions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The delimiter and the decimal mark of a text.
 *
 * <p>Where the caller does not give them, they are guessed from the first records: the two under
 * which all records have the same number of cells, and most cells are numbers. The pair that the
 * file's name stands for wins unless another pair is better.
 *
 * @param delimiter between cells; a blank stands for any number of blanks
 * @param decimal the decimal mark, a point or a comma
 * @param hint a first line {@code sep=;}, as spreadsheets write it, with its end; or empty
 */
record TextDialect(char delimiter, char decimal, String hint) {
  private static final Pattern HINT = Pattern.compile("\\Asep=([^\\r\\n])(?:\\r\\n|\\r|\\n)");
  private static final String DELIMITERS = ",;\t |";
  private static final int SAMPLE = 100;
  private static final char NO_QUOTE = '\0';

  /**
   * Tells how a text is written.
   *
   * @param head its beginning
   * @param promised the delimiter that its name promises
   * @param options the caller's options
   */
  static TextDialect of(TextHead head, char promised, ReadOptions options) {
    String text = head.text();
    Matcher hinted = HINT.matcher(text);
    String hint = hinted.find() ? hinted.group() : "";
    char delimiter = options.delimiter();
    if (delimiter == ReadOptions.GUESSED && !hint.isEmpty()) {
      delimiter = hinted.group(1).charAt(0);
    }
    char mark = options.decimal() == ReadOptions.GUESSED ? '.' : options.decimal();
    char between = mark == promised ? ';' : promised;
    TextDialect usual =
        new TextDialect(delimiter == ReadOptions.GUESSED ? between : delimiter, mark, hint);
    String sample = text.substring(hint.length());
    TextDialect best = usual;
    double most = usual.share(sample, head.whole());
    String delimiters =
        delimiter == ReadOptions.GUESSED ? usual.delimiter + DELIMITERS : "" + delimiter;
    String decimals = options.decimal() == ReadOptions.GUESSED ? ".," : "" + options.decimal();
    for (int i = 0; i < decimals.length(); i++) {
      for (int j = 0; j < delimiters.length(); j++) {
        char decimal = decimals.charAt(i);
        char candidate = delimiters.charAt(j);
        if (most < 1 && candidate != decimal) {
          TextDialect other = new TextDialect(candidate, decimal, hint);
          double share = other.share(sample, head.whole());
          if (share > most
              && share >= 0.5
              && (candidate == usual.delimiter || other.cuts(sample))) {
            best = other;
            most = share;
          }
        }
      }
    }
    best.tell(usual, options);
    return best;
  }

  private void tell(TextDialect usual, ReadOptions options) {
    if (delimiter != usual.delimiter) {
      options.notices().accept(new Notice(Topic.DELIMITER, "cells are cut at " + name(delimiter)));
    }
    if (decimal != usual.decimal) {
      options.notices().accept(new Notice(Topic.DECIMAL, "the decimal mark is a comma"));
    }
  }

  /** What a delimiter is called. */
  static String name(char delimiter) {
    return switch (delimiter) {
      case '\t' -> "tabs";
      case ' ' -> "blanks";
      case ',' -> "commas";
      case ';' -> "semicolons";
      default -> "'" + delimiter + "'";
    };
  }

  boolean blanks() {
    return delimiter == ' ';
  }

  /** Words in a list of vectors may be quotes: with blanks between, nothing is quoted. */
  char quote() {
    return blanks() ? NO_QUOTE : '"';
  }

  /** Whether the delimiter occurs. */
  private boolean cuts(String sample) {
    return sample.indexOf(delimiter) >= 0 && records(sample, true).getFirst().size() > 1;
  }

  /**
   * The share of numbers among the cells of the sample, after a first record that may be a header;
   * 0 where records differ in length.
   */
  private double share(String sample, boolean whole) {
    List<List<String>> records = records(sample, whole);
    if (records.isEmpty()) {
      return 0;
    }
    int width = records.getLast().size();
    List<List<String>> rows = records.size() > 1 ? records.subList(1, records.size()) : records;
    long numbers = 0;
    for (List<String> row : rows) {
      if (row.size() != width) {
        return 0;
      }
      numbers += row.stream().filter(cell -> NumberCell.isNumber(cell, decimal)).count();
    }
    boolean first = records.getFirst().size() == width || blanks();
    return first ? numbers / (double) ((long) rows.size() * width) : 0;
  }

  /**
   * The first records of a text.
   *
   * @param text its beginning, behind the hint
   * @param whole whether that is all of it; else the last record may be cut off and is left out
   * @return at most {@value SAMPLE} records; fewer where the text is malformed
   */
  List<List<String>> records(String text, boolean whole) {
    List<List<String>> records = new ArrayList<>();
    if (blanks()) {
      text.lines()
          .filter(line -> !line.isBlank())
          .limit(SAMPLE + 1L)
          .forEach(line -> records.add(Arrays.asList(line.strip().split(" +"))));
    } else {
      try (CsvReader<CsvRecord> reader =
          CsvReader.builder()
              .fieldSeparator(delimiter)
              .allowUnclosedQuote(false)
              .ofCsvRecord(text)) {
        for (CsvRecord record : reader) {
          records.add(record.getFields());
          if (records.size() > SAMPLE) {
            break;
          }
        }
      } catch (CsvParseException | java.io.IOException e) {
        // The reader of the whole text says so, with the line.
      }
    }
    boolean cut = records.size() > SAMPLE || (!whole && records.size() > 1);
    return cut ? records.subList(0, records.size() - 1) : records;
  }
}
