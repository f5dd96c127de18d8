package dev.slate.data;

import static dev.slate.data.Fixtures.assertBad;
import static dev.slate.data.Fixtures.fixture;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tables in Parquet, as {@code fixtures/parquet/Make.java} and {@code MakeSpark.java} say. */
class TableFileTest {
  private static final String RATINGS = fixture("parquet/ratings.parquet");

  @Test
  void cellsAreTextsNumbersAndTimes() {
    try (TableFile table = TableFile.open(RATINGS)) {
      assertEquals(
          List.of("user_id", "item_id", "rating", "timestamp", "list", "ms", "ns", "day"),
          table.names());
      table.take(3, 0, 1, 2, 5, 6, 7, 0);
      for (int i = 1; i < 7; i++) {
        assertTrue(table.next());
        assertEquals(i % 2 == 0 ? "ann" : " bob ", table.text(0));
        assertEquals(Integer.toString(i), table.text(1));
        assertEquals(i, table.number(1));
        assertEquals(i / 2.0, table.number(2));
        assertEquals(seconds("2026-01-02T03:04:05Z") + i, table.number(3));
        assertEquals(-1, table.number(5));
        assertEquals(seconds("2026-01-02T03:04:05Z"), table.number(6));
        assertEquals("1767312000", table.text(7));
        assertBad(
            () -> table.number(0),
            "is text, and a number is expected, row " + (i - 1) + ", column 0");
      }
      assertFalse(table.next());
      assertFalse(table.next());
    }
  }

  /** Spark's timestamps have 96 bits, and its folders a file for each part. */
  @Test
  void aFolderOfSpark() {
    try (TableFile table = TableFile.open(fixture("parquet/spark.parquet"))) {
      table.take(0, 1, 2, 3);
      for (int i = 1; i < 7; i++) {
        assertTrue(table.next());
        assertEquals(Integer.toString(i % 2), table.text(0));
        assertEquals(i, table.number(1));
        assertEquals(i, table.number(2));
        assertEquals(seconds("2026-01-02T03:04:05Z") + i, table.number(3));
      }
      assertFalse(table.next());
      assertEquals(
          "holds nothing, row 3", table.bad("holds nothing").getMessage().replaceFirst(".*: ", ""));
    }
  }

  private static double seconds(String time) {
    return (double) Instant.parse(time).getEpochSecond();
  }

  @Test
  void listsAreNoCells() {
    try (TableFile table = TableFile.open(RATINGS)) {
      assertBad(
          () -> table.take(0, 4),
          "column list (list of int64) holds neither text nor numbers nor times");
    }
  }

  @Test
  void theNameTells() {
    assertTrue(TableFile.isNamed("a/b.PARQUET"));
    assertTrue(TableFile.isNamed("b.parquet/"));
    assertFalse(TableFile.isNamed("b.csv"));
    assertFalse(TableFile.isNamed("parquet"));
  }
}
