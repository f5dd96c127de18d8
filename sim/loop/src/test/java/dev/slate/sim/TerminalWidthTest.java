package dev.slate.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slate.sim.report.Paragraph;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Everything that is printed fits a terminal of 80 columns. */
class TerminalWidthTest {
  private static final String SMALL = " --users 6 --steps 2 --replications 2";

  @TempDir Path directory;

  private static String fitting(String... command) {
    Cli.Outcome outcome = Cli.run(command);
    assertEquals(0, outcome.code(), outcome::err);
    for (String line : outcome.out().lines().toList()) {
      assertTrue(line.length() <= 80, () -> line.length() + " columns: " + line);
    }
    return outcome.out();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sim --selector advertisement --gamers 0.5 --estimate --wariness 1 --leaving 0.5" + SMALL,
        "sim compare --selectors random,nearest-one-different,explore-then-settle" + SMALL,
        "sim compare --selectors random,nearest --attack spam --accounts 30 --per-author 1"
            + " --collapse-duplicates --estimate"
            + SMALL,
        "sim exercise 1 --answers",
        "sim exercise 2 --answers",
        "sim exercise 3 --answers",
        "sim exercise 4 --answers",
        "sim exercise --help",
        "sim check --help",
        "sim show --help",
        "sim show --item image_0.png",
        "sim show --author Xx_D4rkL0rd_xX",
        "audit --all",
        "audit --attack spam --copies 3k --accounts 100",
        "audit --attack spam --copies 3k --quiet-verdict",
        "audit --help",
      })
  void fits(String command) {
    fitting(command.split(" "));
  }

  @Test
  void aRunThatIsShownFits() {
    String run = directory.resolve("run").toString();
    String[] sim = {"sim", "--selector", "advertisement", "--steps", "3", "--replications", "1"};
    assertEquals(
        0,
        Cli.run(
                java.util.stream.Stream.concat(
                        java.util.Arrays.stream(sim), java.util.stream.Stream.of("--out", run))
                    .toArray(String[]::new))
            .code());
    fitting("sim", "show", run, "--user", "3");
    String item = fitting("sim", "show", run, "--item", "image_0.png");
    assertTrue(item.contains("shown 90 times"), item);
    assertTrue(item.contains("as an advertisement: shown 90 times"), item);
  }

  /** The folder of a comparison has no tables; those of its selectors have. */
  @Test
  void aComparisonSaysWhereItsTablesAre() {
    String run = directory.resolve("compared").toString();
    String compare = "sim compare --selectors random,nearest --out " + run + SMALL;
    assertEquals(0, Cli.run(compare.split(" ")).code());
    Cli.Outcome outcome = Cli.run("sim", "show", run, "--user", "1");
    assertEquals(2, outcome.code());
    assertTrue(outcome.err().contains("a folder for each selector, such as nearest"), outcome::err);
    fitting("sim", "show", run + "/nearest", "--user", "1");
  }

  /** Replications that have run out of users are marked, and so is how many are left. */
  @Test
  void meansOverFewerReplicationsAreMarked() {
    String out = fitting("sim --selector random --users 4 --steps 12 --leaving 0.4".split(" "));
    assertTrue(out.matches("(?s).*\\d\\*\\R.*"), out);
    assertTrue(out.contains("* mean of the replications in which somebody counts: "), out);
    assertTrue(!fitting(("sim --selector random" + SMALL).split(" ")).contains("*"));
  }

  @Test
  void wordsMoveToTheNextLine() throws IOException {
    String word = "x".repeat(39);
    assertEquals(word + " " + word, Paragraph.wrapped(word + " " + word, 0));
    assertEquals(word + "xx\n  " + word, Paragraph.wrapped(word + "xx " + word, 2));
    String whole = "y".repeat(100);
    assertEquals("a\n " + whole + "\n b", Paragraph.wrapped("a " + whole + " b", 1));
    assertEquals(whole, Paragraph.wrapped(whole, 4));
    assertEquals("", Paragraph.wrapped("", 4));
  }
}
