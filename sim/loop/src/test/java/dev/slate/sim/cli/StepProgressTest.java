package dev.slate.sim.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slate.sim.Selectors;
import dev.slate.sim.Simulation;
import dev.slate.sim.catalog.CatalogLoader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class StepProgressTest {
  /** What is said during four steps of the same length. */
  private static String said(boolean terminal, long secondsPerStep) {
    return said(terminal, secondsPerStep, "random");
  }

  private static String said(boolean terminal, long secondsPerStep, String label) {
    StringWriter text = new StringWriter();
    AtomicLong clock = new AtomicLong(-5_000_000_000L);
    StepProgress progress = new StepProgress(new PrintWriter(text), 4, terminal, clock::get);
    progress.label(label);
    new Simulation(CatalogLoader.open("memotion", null, 7), Selectors.create("random"))
        .size(1, 4, 1)
        .run(
            state -> clock.addAndGet(state.step() == 0 ? 0 : secondsPerStep * 1_000_000_000),
            progress);
    progress.end();
    return text.toString();
  }

  @Test
  void linesSayHowFarAndHowLong() {
    assertEquals(
        List.of(
            "random, step 1: 25 %, 1:30 left",
            "random, step 2: 50 %, 1:00 left",
            "random, step 3: 75 %, 0:30 left",
            "random, step 4: 100 %, 0:00 left"),
        said(false, 30).lines().toList());
  }

  @Test
  void aBarIsDrawnAndWipedOnATerminal() {
    String text = said(true, 30);
    String bar = "\r[" + "#".repeat(8) + "-".repeat(8) + "] random, step 2: 50 %, 1:00 left  ";
    assertEquals(bar, text.substring(text.indexOf(bar), text.indexOf(bar) + bar.length()));
    assertEquals("\r" + " ".repeat(79) + "\r", text.substring(text.lastIndexOf("  \r ") + 2));
  }

  @Test
  void aBarFitsTheLine() {
    for (String part : said(true, 30, "a-name-of-" + "x".repeat(70)).split("\r", -1)) {
      assertTrue(part.length() <= 79, part);
    }
  }

  /** The first steps are slow, and what they foretell is wrong. */
  @Test
  void theTimeLeftIsNotToldBeforeATenth() {
    StringWriter text = new StringWriter();
    AtomicLong clock = new AtomicLong();
    StepProgress progress = new StepProgress(new PrintWriter(text), 50, false, clock::get);
    clock.addAndGet(90_000_000_000L);
    new Simulation(CatalogLoader.open("memotion", null, 7), Selectors.create("random"))
        .size(1, 5, 1)
        .run(state -> clock.addAndGet(state.step() == 0 ? 0 : 3_000_000_000L), progress);
    assertEquals(
        List.of(
            ", step 1: 2 %",
            ", step 2: 4 %", ", step 3: 6 %", ", step 4: 8 %", ", step 5: 10 %, 2:15 left"),
        text.toString().lines().toList());
  }

  @Test
  void quickRunsSayNothing() {
    assertEquals("", said(true, 0));
    assertEquals("", said(false, 0));
  }
}
