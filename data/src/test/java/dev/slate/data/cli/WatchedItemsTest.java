package dev.slate.data.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.slate.kernel.Catalog;
import dev.slate.kernel.Index;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class WatchedItemsTest {
  private final StringWriter text = new StringWriter();
  private final AtomicLong nanos = new AtomicLong();
  private final Catalog items = Catalog.of(new float[] {1, 2, 3, 4, 5, 6}, 2);

  @Test
  @Timeout(20)
  void tellsWhileNobodyReads() throws InterruptedException {
    RowProgress progress = new RowProgress(new PrintWriter(text), "build", -1, false, nanos::get);
    try (WatchedItems watched = new WatchedItems(items, progress)) {
      watched.copyRows(0, 2, new float[4], 0);
      watched.copyRows(1, 2, new float[4], 0);
      nanos.set(TimeUnit.SECONDS.toNanos(12));
      while (text.toString().isEmpty()) {
        Thread.sleep(10);
      }
    }
    assertEquals("build: 4 rows, 12 s" + System.lineSeparator(), text.toString());
  }

  @Test
  void changesNothing() {
    RowProgress progress = new RowProgress(new PrintWriter(text), "build", -1, true, nanos::get);
    try (WatchedItems watched = new WatchedItems(items, progress)) {
      Index index = Index.builder(watched).build();
      assertEquals(3, index.size());
      assertEquals(2, index.dimensions());
    }
    assertEquals("", text.toString());
  }
}
