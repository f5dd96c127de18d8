package dev.slate.data.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RowProgressTest {
  private final StringWriter text = new StringWriter();
  private final AtomicLong nanos = new AtomicLong();

  @Test
  void quickWorkSaysNothing() {
    try (RowProgress progress = progress(100, true)) {
      nanos.set(999_999_999);
      progress.update(50);
    }
    assertEquals("", text.toString());
  }

  @Test
  void terminalShowsABarAndWipesIt() {
    try (RowProgress progress = progress(200, true)) {
      nanos.set(1_000_000_000);
      progress.update(50);
      nanos.set(1_050_000_000);
      progress.update(60);
    }
    String bar =
        "\r\u001b[Kconvert [#######                       ] 25 %, 50 of 200 rows, 3 s left";
    assertEquals(bar + "\r\u001b[K", text.toString());
  }

  @Test
  void elsewhereALineNowAndThen() {
    try (RowProgress progress = progress(-1, false)) {
      nanos.set(9_000_000_000L);
      progress.update(5);
      nanos.set(10_000_000_000L);
      progress.update(6_000);
      nanos.set(11_000_000_000L);
      progress.update(7_000);
    }
    assertEquals("convert: 6,000 rows, 10 s" + System.lineSeparator(), text.toString());
  }

  private RowProgress progress(long total, boolean terminal) {
    return new RowProgress(new PrintWriter(text), "convert", total, terminal, nanos::get);
  }
}
