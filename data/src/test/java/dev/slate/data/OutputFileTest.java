package dev.slate.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is left of a file when the JVM ends before its commit; see {@link Ending}. */
class OutputFileTest {
  @TempDir private Path directory;

  @Test
  @Timeout(60)
  void aHaltAfterDeletePendingLeavesNothing() throws Exception {
    assertEquals(1, run("leave"), "without deletePending the hidden file stays");
    assertEquals(0, run("delete"));
  }

  @Test
  void aTextIsWrittenWhole() throws Exception {
    Path file = directory.resolve("page.html");
    OutputFile.write(file, "old and longer");
    OutputFile.write(file, "naïve");
    assertEquals("naïve", Files.readString(file));
    assertEquals(List.of(file.toFile()), Arrays.asList(directory.toFile().listFiles()));
    Path lost = directory.resolve("none/page.html");
    InputException failure = assertThrows(InputException.class, () -> OutputFile.write(lost, ""));
    assertEquals(lost + ": its directory does not exist", failure.getMessage());
  }

  /** Runs {@link Ending} in a JVM of its own, and counts the files that it leaves. */
  private int run(String how) throws Exception {
    Path out = Files.createDirectory(directory.resolve(how));
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Ending.class.getName(),
                out.resolve("items.csv").toString(),
                how)
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(3, process.waitFor(), said);
    List<String> left = Arrays.stream(out.toFile().listFiles()).map(File::getName).toList();
    return left.size();
  }

  /** Begins a file and halts, which runs no hooks. */
  static final class Ending {
    private Ending() {}

    public static void main(String[] args) throws Exception {
      OutputFile file = OutputFile.create(args[0]);
      file.stream().write('x');
      if (args[1].equals("delete")) {
        OutputFile.deletePending();
      }
      Runtime.getRuntime().halt(3);
    }
  }
}
