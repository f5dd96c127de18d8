package dev.slate.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.Test;

class ReadOptionsTest {
  @Test
  void defaults() {
    ReadOptions options = ReadOptions.DEFAULT;
    assertEquals(List.of(), options.columns());
    assertEquals(Header.AUTO, options.header());
    assertEquals(ReadOptions.GUESSED, options.delimiter());
    assertEquals(ReadOptions.GUESSED, options.decimal());
    assertNull(options.idColumn());
    assertNull(options.origin());
    assertEquals(false, options.nonFinite());
  }

  @Test
  void eachOptionIsKeptByTheNext() {
    LongConsumer progress = rows -> {};
    Consumer<Notice> notices = notice -> {};
    double[] origin = {1, 2};
    ReadOptions options =
        ReadOptions.DEFAULT
            .withColumns(List.of("a"))
            .withHeader(Header.YES)
            .withDelimiter(';')
            .withDecimal(',')
            .withIdColumn("id")
            .withOrigin(origin)
            .withNonFinite()
            .withProgress(progress)
            .withNotices(notices);
    assertEquals(List.of("a"), options.columns());
    assertEquals(Header.YES, options.header());
    assertEquals(';', options.delimiter());
    assertEquals(',', options.decimal());
    assertEquals("id", options.idColumn());
    assertArrayEquals(origin, options.origin());
    assertNotSame(origin, options.origin());
    assertTrue(options.nonFinite());
    assertSame(progress, options.progress());
    assertSame(notices, options.notices());
  }
}
