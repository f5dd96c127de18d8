package dev.slate.data;

import static dev.slate.data.Fixtures.assertBad;
import static dev.slate.data.Fixtures.assertSame;
import static dev.slate.data.Fixtures.read;
import static dev.slate.data.Fixtures.stream;
import static dev.slate.data.Fixtures.write;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.slate.data.Notice.Topic;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a reader tells from a text that nobody described to it, and what it says of that. */
class TextGuessTest {
  private static final float[][] ROWS = {{1.5f, 2.5f}, {-0.5f, 3.25f}};

  @TempDir Path dir;

  private final List<Notice> notices = new ArrayList<>();

  private float[][] told(String name, String text) throws IOException {
    notices.clear();
    return read(write(dir.resolve(name), text), ReadOptions.DEFAULT.withNotices(notices::add));
  }

  private List<Topic> topics() {
    return notices.stream().map(Notice::topic).toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1,5;2,5\r\n-0,5;3,25\r\n",
        "x;y\r\n1,5;2,5\r\n-0,5;3,25\r\n",
        "1.5;2.5\n-0.5;3.25\n",
        "1.5\t2.5\n-0.5\t3.25\n",
        "1,5\t2,5\n-0,5\t3,25\n",
        "1.5 2.5\n-0.5 3.25\n",
        "  1.5   2.5\n-0.5   3.25  \n",
        "1.5|2.5\n-0.5|3.25\n",
        "sep=,\r\n1.5,2.5\r\n-0.5,3.25\r\n",
        "sep=;\nx;y\n1.5;2.5\n-0.5;3.25\n",
      })
  void findsTheDelimiterAndTheDecimalMark(String text) throws IOException {
    assertSame(ROWS, told("x.csv", text));
    assertSame(ROWS, told("x.tsv", text));
    assertSame(ROWS, stream(dir.resolve("x.csv").toString()));
  }

  @Test
  void saysWhichDelimiterAndDecimalMarkItFound() throws IOException {
    told("x.csv", "1,5;2,5\n-0,5;3,25\n");
    assertEquals(
        List.of(
            new Notice(Topic.DELIMITER, "cells are cut at semicolons"),
            new Notice(Topic.DECIMAL, "the decimal mark is a comma")),
        notices);
    told("x.csv", "1.5,2.5\n-0.5,3.25\n");
    assertEquals(List.of(), notices);
  }

  @Test
  void aDelimiterAndADecimalMarkCanBeSaid() throws IOException {
    String file = write(dir.resolve("x.csv"), "1,5\n2,25\n");
    assertSame(new float[][] {{1, 5}, {2, 25}}, read(file));
    assertSame(
        new float[][] {{1.5f}, {2.25f}},
        read(file, ReadOptions.DEFAULT.withDelimiter(';').withDecimal(',')));
    assertThrows(IllegalArgumentException.class, () -> ReadOptions.DEFAULT.withDelimiter('"'));
    assertThrows(IllegalArgumentException.class, () -> ReadOptions.DEFAULT.withDecimal('x'));
    assertBad(
        () -> read(write(dir.resolve("y.csv"), "1.5;2,5\n"), ReadOptions.DEFAULT.withDecimal(',')),
        "'1.5' is not a number, row 0, column 0, line 1");
  }

  @Test
  void numbersThatCountTheColumnsAreAHeader() throws IOException {
    float[][] rows = {{0.1f, 0.2f, 0.3f}, {0.4f, 0.5f, 0.6f}};
    assertSame(rows, told("x.csv", "0,1,2\n0.1,0.2,0.3\n0.4,0.5,0.6\n"));
    assertEquals(List.of(Topic.HEADER), topics());
    assertSame(rows, told("x.csv", "2019,2020,2021\n0.1,0.2,0.3\n0.4,0.5,0.6\n"));
    assertEquals(List.of(Topic.HEADER), topics());
    assertSame(rows, told("x.csv", ",0,1,2\n0,0.1,0.2,0.3\n1,0.4,0.5,0.6\n"));
    assertEquals(List.of(Topic.COLUMNS), topics());
    assertSame(rows, told("x.csv", ",a,b,c\n0,0.1,0.2,0.3\n1,0.4,0.5,0.6\n"));
    assertEquals(List.of(Topic.COLUMNS), topics());
  }

  @Test
  void numbersThatCountNothingAreARow() throws IOException {
    assertSame(new float[][] {{0, 1}, {2, 3}}, told("x.csv", "0,1\n2,3\n"));
    assertEquals(List.of(), topics());
    assertSame(new float[][] {{5, 1}, {0.5f, 1.5f}}, told("x.csv", "5,1\n0.5,1.5\n"));
    assertEquals(
        List.of(new Notice(Topic.HEADER, "the first line, 5,1, was taken for a row")), notices);
    assertSame(new float[][] {{0}, {0.5f}}, told("x.csv", "0\n0.5\n"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"NA,NA", ",", "-,-", "\u22121.5,\u22122.5", "N/A,", "null,null"})
  void aRowWithoutNumbersIsNotLostAsAHeader(String first) throws IOException {
    assertBad(() -> told("x.csv", first + "\n0.1,0.2\n0.4,0.5\n"), "row 0, column 0, line 1");
  }

  @Test
  void namesAmongNumbersAreNotTakenForAHeader() throws IOException {
    assertBad(
        () -> told("x.csv", "0,0.1,0.1.1\n0.1,0.2,0.3\n"),
        "'0.1.1' is not a number; the first line was taken for a row, row 0, column 2, line 1");
  }

  @Test
  void anEmptyLineOfOneColumnIsAMissingValue() throws IOException {
    assertBad(
        () -> told("x.csv", "0\n\n5\n"),
        "an empty line in a text of one column is no number, row 1, column 0, line 2");
    assertBad(() -> told("x.csv", "v\n1\n\n3\n"), "row 1, column 0, line 3");
    assertSame(new float[][] {{0}, {5}}, told("x.csv", "0\n5\n\n\n"));
    assertSame(new float[][] {{0}, {5}}, told("x.csv", "\n0\r\n\"5\"\r\n"));
    assertSame(new float[][] {{0, 1}, {5, 6}}, told("x.csv", "0,1\n\n5,6\n"));
  }

  @Test
  void aDelimiterAtTheEndOfEachLineIsNoColumn() throws IOException {
    assertSame(ROWS, told("x.csv", "x,y,\n1.5,2.5,\n-0.5,3.25,\n"));
    assertEquals(List.of(Topic.COLUMNS), topics());
    assertSame(ROWS, told("x.csv", "1.5,2.5,\n-0.5,3.25,\n"));
    assertBad(
        () -> told("x.csv", "1.5,2.5,\n".repeat(200) + "1.5,2.5,3\n"),
        "the last column, empty so far, holds '3', row 200, column 2, line 201");
    assertBad(() -> told("x.csv", "x,y\n1,\n2,\n"), "the cell is empty, row 0, column 1, line 2");
  }

  @Test
  void invisibleCharactersAreShown() throws IOException {
    assertBad(() -> told("x.csv", "x,y\n1,2\n\u00a00.5,3\n"), "'<U+00A0>0.5' is not a number");
    assertBad(() -> told("x.csv", "x,y\n1,2\n0.5\u200b,3\n"), "'0.5<U+200B>' is not a number");
    assertBad(() -> told("x.csv", "x,y\n1,2\n\u22120.5,3\n"), "'<U+2212>0.5' is not a number");
  }

  @Test
  void wordsNameTheRowsOfWordVectors() throws IOException {
    ReadOptions options = ReadOptions.DEFAULT.withNotices(notices::add);
    for (String text :
        List.of(
            "the 0.5 1\n\" 2 3e-1\n2 4 5\n",
            "3 2\nthe 0.5 1\n\" 2 3e-1\n2 4 5\n",
            "the  0.5 1 \n\" 2 3e-1 \n2 4 5 \n")) {
      for (String name : List.of("x.txt", "x.vec")) {
        try (VectorFile file = Vectors.open(write(dir.resolve(name), text), options)) {
          assertSame(new float[][] {{0.5f, 1}, {2, 0.3f}, {4, 5}}, Fixtures.rows(file));
          assertEquals(List.of("the", "\"", "2"), file.ids());
        }
      }
    }
    assertSame(new float[][] {{1, 2}, {3, 4}}, told("x.txt", "1 2\n3 4\n"));
  }

  @Test
  void wordVectorsThatAreCutOffAreRefused() {
    assertBad(
        () -> told("x.txt", "4 2\nthe 0.5 1\na 2 3e-1\nb 4 5\n"),
        "is cut off: its first line promises 4 rows, but 3 are there; delete that line to read them");
  }

  /** As a point, 7 1 is no less likely than as the counts of words with one number each. */
  @Test
  void aPointIsNoCountOfWords() throws IOException {
    assertSame(new float[][] {{7, 1}, {3, 4}}, told("x.txt", "7 1\n3 4\n"));
    assertSame(new float[][] {{5}, {6}}, told("x.txt", "2 1\nthe 5\na 6\n"));
  }

  @Test
  void aColumnNamesTheRows() throws IOException {
    String file = write(dir.resolve("x.csv"), "a,name,b\n1,x,2\n3,\"y, z\",4\n");
    for (String column : List.of("name", "1")) {
      try (VectorFile rows = Vectors.open(file, ReadOptions.DEFAULT.withIdColumn(column))) {
        assertSame(new float[][] {{1, 2}, {3, 4}}, Fixtures.rows(rows));
        assertEquals(List.of("x", "y, z"), rows.ids());
      }
    }
    ReadOptions options = ReadOptions.DEFAULT.withIdColumn("0").withColumns(List.of("b"));
    try (VectorFile rows = Vectors.open(file, options)) {
      assertSame(new float[][] {{2}, {4}}, Fixtures.rows(rows));
      assertEquals(List.of("1", "3"), rows.ids());
    }
    assertBad(() -> read(file, ReadOptions.DEFAULT.withIdColumn("c")), "has no column named c");
    assertBad(
        () -> read(write(dir.resolve("y.csv"), "a\nb\n"), ReadOptions.DEFAULT.withIdColumn("a")),
        "has no column besides the one that names the rows");
  }

  @Test
  void valuesThatFloat32CannotTellApartAreTold() throws IOException {
    float[][] rows = told("x.csv", "t\n1700000030\n1700000010\n");
    assertEquals(rows[0][0], rows[1][0]);
    assertEquals(List.of(Topic.PRECISION), topics());
    told("x.csv", "x,y\n388096.00,3948996.12\n388096.02,3948996.10\n");
    assertEquals(List.of(Topic.PRECISION), topics());
    told("x.csv", "x,y\n0.1,0.2\n0.3,0.4\n");
    assertEquals(List.of(), topics());
    told("x.csv", "x,y\n1e6,1e7\n1000001,10000001\n");
    assertEquals(List.of(), topics());
  }

  @Test
  void anOriginIsSubtractedBeforeRounding() throws IOException {
    String file = write(dir.resolve("x.csv"), "t,u\n1700000030,1\n1700000010,3\n");
    double[] middle = Vectors.midpoints(file, ReadOptions.DEFAULT);
    assertEquals(List.of(1700000020.0, 2.0), List.of(middle[0], middle[1]));
    ReadOptions centred = ReadOptions.DEFAULT.withOrigin(middle).withNotices(notices::add);
    assertSame(new float[][] {{10, -1}, {-10, 1}}, read(file, centred));
    assertEquals(List.of(), topics());
    assertBad(
        () -> read(file, ReadOptions.DEFAULT.withOrigin(new double[1])),
        "has 2 columns, but the point to subtract has 1");
  }

  @Test
  void aLineOfTooManyCellsIsRefusedBeforeItsEnd() throws IOException {
    String many = "1,".repeat(2_000_000);
    assertBad(() -> told("x.csv", many), "the first line has more than 1048576 cells, line 1");
    assertBad(
        () -> told("x.csv", "1,2\n" + many),
        "the row has more than 1027 cells, the first row 2, row 1, line 2");
  }

  /** What cannot be read in the first row may be a header, or a column of names. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          NA,1.5#2,3     | HEADER  | 'NA' is not a number; the first line was taken for a row
          0.1,0.1.1#2,3  | HEADER  | '0.1.1' is not a number; the first line was taken for a row
          id,x,y#a,1,2   | COLUMNS | 'a' is not a number; its column was taken for an attribute
          x,y#1,2#oops,3 |         | 'oops' is not a number
          """)
  void namesTheGuessThatMayBeWrong(String text, Topic guess, String problem) throws IOException {
    String file = write(dir.resolve("x.csv"), text.replace('#', '\n') + "\n");
    InputException bad = assertThrows(InputException.class, () -> read(file, ReadOptions.DEFAULT));
    assertEquals(problem, bad.problem());
    assertEquals(Optional.ofNullable(guess), bad.guess());
  }

  @Test
  void leavesColumnsOut() throws IOException {
    String file = write(dir.resolve("x.csv"), "name,x,by,y\na,1.5,me,2.5\nb,-0.5,you,3.25\n");
    ReadOptions options = ReadOptions.DEFAULT.withoutColumns(List.of("name", "2"));
    assertEquals(List.of("name", "2"), options.leftOut());
    assertSame(ROWS, read(file, options));
    try (VectorStream rows = Vectors.stream(file, options.withIdColumn("by"))) {
      rows.next(new float[4], 2);
      assertEquals(List.of("me", "you"), rows.ids());
    }
  }
}
