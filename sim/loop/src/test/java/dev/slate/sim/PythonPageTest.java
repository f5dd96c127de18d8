package dev.slate.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The code of PYTHON.md runs and says what the summary says. Skips without pandas. */
class PythonPageTest {
  private static final Path PAGE = Path.of("..", "PYTHON.md");

  @TempDir Path directory;

  private String python(Path script) throws IOException, InterruptedException {
    Path out = directory.resolve("python.txt");
    Process process;
    try {
      process =
          new ProcessBuilder("python3", script.toString())
              .directory(directory.toFile())
              .redirectErrorStream(true)
              .redirectOutput(out.toFile())
              .start();
    } catch (IOException e) {
      assumeTrue(false, "no python3 on the path");
      throw e;
    }
    if (!process.waitFor(120, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("python3 did not end");
    }
    String said = Files.readString(out);
    assumeTrue(
        !said.contains("ModuleNotFoundError"), "python3 lacks pandas or matplotlib (apt install)");
    assertEquals(0, process.exitValue(), said);
    return said;
  }

  @Test
  void theCodeOfThePageRuns() throws IOException, InterruptedException {
    Path run = directory.resolve("out");
    Cli.Outcome outcome =
        Cli.run("sim", "--selector", "nearest", "--replications", "1", "--out", run.toString());
    assertEquals(0, outcome.code(), outcome::err);
    StringBuilder code = new StringBuilder();
    Matcher block = Pattern.compile("(?s)```python\n(.*?)```").matcher(Files.readString(PAGE));
    while (block.find()) {
      code.append(block.group(1));
    }
    Path script = Files.writeString(directory.resolve("page.py"), code);
    String said = python(script);
    double movement =
        new ObjectMapper()
            .readTree(run.resolve("summary.json").toFile())
            .at("/runs/0/final/movement")
            .asDouble();
    assertTrue(said.contains("mean movement " + rounded(movement)), said);
    assertTrue(Files.size(run.resolve("paths.png")) > 10_000);
  }

  /** As Python's round(x, 4) prints it. */
  private static String rounded(double value) {
    return String.format(Locale.ROOT, "%.4f", value).replaceFirst("0+$", "");
  }
}
