package dev.slate.recommend.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class WorkProgressTest {
  private final StringWriter text = new StringWriter();
  private final AtomicLong clock = new AtomicLong(-5_000_000_000L);

  private WorkProgress progress(boolean terminal) {
    return new WorkProgress(new PrintWriter(text), "train als", terminal, clock::get);
  }

  private void work(WorkProgress progress) {
    progress.stage("reading feedback");
    clock.addAndGet(TimeUnit.SECONDS.toNanos(10));
    progress.tell();
    progress.say("2 rows are odd");
    progress.stage("pass 1, loss 0.5000");
    clock.addAndGet(TimeUnit.SECONDS.toNanos(10));
    progress.tell();
    progress.close();
  }

  @Test
  void linesWhereNoTerminalIs() {
    work(progress(false));
    assertEquals(
        """
        train als: reading feedback, 10 s
        2 rows are odd
        train als: pass 1, loss 0.5000, 20 s
        """,
        text.toString().replace(System.lineSeparator(), "\n"));
  }

  @Test
  void oneLineOfATerminalIsDrawnAgainAndWiped() {
    work(progress(true));
    String erase = "\r\u001b[K";
    assertEquals(
        erase
            + "train als: reading feedback, 10 s"
            + erase
            + "2 rows are odd\n"
            + erase
            + "train als: pass 1, loss 0.5000, 20 s"
            + erase,
        text.toString().replace(System.lineSeparator(), "\n"));
  }

  @Test
  void aLineFitsTheTerminal() {
    WorkProgress progress = progress(true);
    progress.stage("reading " + "x".repeat(100));
    progress.tell();
    assertEquals(3 + 1 + 79, text.toString().length());
  }

  /** A stage that never says anything is told all the same; after the end nothing is. */
  @Test
  void tellsByItselfUntilTheEnd() throws InterruptedException {
    WorkProgress progress = progress(false);
    progress.stage("laying out");
    progress.every(1, TimeUnit.MILLISECONDS);
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (text.toString().lines().count() < 2 && System.nanoTime() < deadline) {
      Thread.sleep(1);
    }
    progress.close();
    String told = text.toString();
    assertTrue(told.lines().count() >= 2, told);
    assertTrue(told.lines().allMatch("train als: laying out, 0 s"::equals), told);
    progress.tell();
    assertEquals(told, text.toString());
  }

  @Test
  void quickWorkSaysNothing() {
    WorkProgress progress = new WorkProgress(new PrintWriter(text), "online");
    progress.stage("the log");
    progress.close();
    assertEquals("", text.toString());
  }
}
