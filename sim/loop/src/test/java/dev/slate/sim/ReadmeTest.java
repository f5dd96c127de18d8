package dev.slate.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slate.sim.catalog.CatalogLoader;
import dev.slate.sim.exercise.Exercise;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What the README shows is what happens: its pictures, its commands, its selector. */
class ReadmeTest {
  private static final Path README = Path.of("..", "README.md");
  private static final Path IMAGES = Path.of("..", "images");
  private static final double SIZE = 420;
  private static final double MARGIN = 34;
  private static final double ARM = 4;
  private static final Pattern END =
      Pattern.compile("<path class=\"end\" d=\"M([0-9.]+) ([0-9.]+)l8 8");

  private static double scaled(double attribute) {
    return MARGIN + (attribute + 1) / 2 * (SIZE - 2 * MARGIN);
  }

  /**
   * The pictures are those of the commands above them: users end where those of a run end. To draw
   * them again, save the figures of the reports as SVG.
   */
  @ParameterizedTest
  @ValueSource(strings = {"random", "advertisement", "nearest", "nearest-half-random"})
  void showWhatHappens(String selector) throws IOException {
    float[][] ends = new float[30][2];
    new Simulation(CatalogLoader.open("memotion", null, 7), Selectors.create(selector))
        .run(
            state -> {
              for (int user = 0; user < ends.length; user++) {
                ends[user][0] = state.preference(user, 0);
                ends[user][1] = state.preference(user, 1);
              }
            });
    String svg = Files.readString(IMAGES.resolve(selector + ".svg"));
    Matcher cross = END.matcher(svg);
    for (float[] end : ends) {
      assertTrue(cross.find(), "a cross for each user");
      assertEquals(scaled(end[0]) - ARM, Double.parseDouble(cross.group(1)), 0.1);
      assertEquals(SIZE - scaled(end[1]) - ARM, Double.parseDouble(cross.group(2)), 0.1);
    }
    assertTrue(svg.contains(selector + ": humour and sarcasm after step 30"));
    assertTrue(svg.contains("class=\"pole\"") || !selector.startsWith("nearest"));
    assertEquals(selector.equals("advertisement"), svg.contains("class=\"star\""));
    assertTrue(svg.split("class=\"items\"", -1).length > 3, "shades of items");
  }

  /** Every command of the README and of the exercises has options that there are. */
  @Test
  void commandsCanBeTyped() throws IOException {
    StringBuilder text = new StringBuilder(Files.readString(README).replace("\\\n", " "));
    for (Exercise exercise : Exercise.values()) {
      text.append(exercise.task()).append(exercise.questions());
    }
    Matcher command =
        Pattern.compile("(?m)(?:^ *|`)(?:SLATE_\\S+ )?(?:\\./)?slate ((?:sim|audit) [^`#\n]*)")
            .matcher(text);
    int commands = 0;
    while (command.find()) {
      String[] words = command.group(1).strip().split(" +");
      if (!List.of(words).contains("NAME")) {
        new CommandLine(new Cli.Root()).setCaseInsensitiveEnumValuesAllowed(true).parseArgs(words);
        commands++;
      }
    }
    assertTrue(commands >= 15, commands + " commands");
  }

  /** The selector of the README compiles as it stands, and keeps its promises. */
  @Test
  void theSelectorWorks(@TempDir Path directory) throws IOException {
    Matcher code =
        Pattern.compile("(?s)```java\n(import dev.slate.sim.*?)```")
            .matcher(Files.readString(README));
    assertTrue(code.find());
    Path file = Files.writeString(directory.resolve("Loudest.java"), code.group(1));
    Cli.Outcome outcome = Cli.run("sim", "check", "--plugin", file.toString());
    assertEquals(0, outcome.code(), outcome::out);
    assertTrue(outcome.out().contains("loudest"), outcome::out);
  }
}
