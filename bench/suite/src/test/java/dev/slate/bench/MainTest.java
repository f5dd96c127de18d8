package dev.slate.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slate.data.InputException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

class MainTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(Callable<Integer> work, String... args) {
    CommandLine slate =
        Main.commandLine()
            .addSubcommand(new Probe(work))
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err));
    return Main.run(slate, args);
  }

  private int run(String line) {
    return run(() -> 0, line.isEmpty() ? new String[0] : line.split(" ", -1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                   | command: missing; slate --help lists them",
        "prob x               | prob: no such command; meant probe?",
        "serach --items x     | serach: no such command; meant search?",
        "serch                | serch: no such command; meant search?",
        "sim --moderate x     | --moderate: 'x' is no ATTRIBUTE=MAX",
        "--verson             | --verson: no such option; meant --version?",
        "probe --nope         | --nope: no such option",
        "probe                | FILE: missing; see slate probe --help",
        "probe a b            | b: one argument too many",
        "probe a --count      | --count: needs a value; see slate probe --help",
        "probe a --count many | --count: 'many' is not an int",
        "probe a -n 1 -n 2    | --count: given twice",
      })
  void aWrongCommandLineIsOneLineThatNamesTheOption(String line, String complaint) {
    assertEquals(2, run(line));
    assertEquals("slate: " + complaint + System.lineSeparator(), err.toString());
    assertEquals("", out.toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "data convert a.csv b.npy | --in, --out: missing; see slate data convert --help",
        "data convert a.csv --nope | --nope: no such option",
        "search a.npy | --items, --queries: missing; see slate search --help",
      })
  void whatIsMissingIsSaidBeforeWhatIsTooMuch(String line, String complaint) {
    CommandLine slate = Main.commandLine().setErr(new PrintWriter(err));
    assertEquals(2, Main.run(slate, line.split(" ", -1)));
    assertEquals("slate: " + complaint + System.lineSeparator(), err.toString());
  }

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--distribution memotion --dims 5,6 | --dims: memotion has 5 attributes; ask for those only",
        "--items 0        | --items: ",
        "--forks 0        | --forks: must be at least 1, but it is 0",
        "--density 0.5,0  | --density: must be above 0 and at most 1, but it is 0.0",
        "--peers jvm,lucene | --peers: 'lucene' is not all, ",
      })
  void whatCannotBeMeasuredIsOneLine(String options, String complaint) {
    CommandLine slate = Main.commandLine().setErr(new PrintWriter(err));
    Path out = directory.resolve("out");
    String line = "bench --quick --seconds 0.05 --out " + out + " " + options;
    assertEquals(2, Main.run(slate, line.split(" ", -1)));
    assertTrue(err.toString().startsWith("slate: " + complaint), err::toString);
    assertEquals(1, err.toString().lines().count());
    assertFalse(Files.exists(out), "a directory for nothing");
  }

  @Test
  void aCommandAnswersWithItsOwnExitCode() {
    assertEquals(3, run(() -> 3, "probe", "a"));
    assertEquals("", err.toString());
  }

  @Test
  void badInputIsOneLineWhateverItSays() {
    InputException bad = new InputException("a.csv", "not a number: 'x\ny'").atRow(3).onLine(5);
    assertEquals(2, failing(bad));
    assertEquals(
        "slate: a.csv: not a number: 'x y', row 3, line 5" + System.lineSeparator(),
        err.toString());
  }

  @Test
  void aBugShowsItsTraceAndWhereToReportIt() {
    assertEquals(1, failing(new IllegalStateException("oops")));
    assertTrue(err.toString().contains("java.lang.IllegalStateException: oops"), err::toString);
    assertTrue(err.toString().contains("CONTRIBUTING.md"), err::toString);
  }

  @Test
  void aBugThatIsAnErrorIsABugToo() {
    int code =
        run(
            () -> {
              throw new AssertionError("never");
            },
            "probe",
            "a");
    assertEquals(1, code);
    assertTrue(err.toString().contains("AssertionError: never"), err::toString);
  }

  @Test
  void aFullHeapSaysHowToEnlargeIt() {
    int code =
        run(
            () -> {
              throw new OutOfMemoryError("Java heap space");
            },
            "probe",
            "a");
    assertEquals(2, code);
    assertEquals(1, err.toString().lines().count());
    assertTrue(err.toString().contains("SLATE_JAVA_OPTS=-Xmx"), err::toString);
  }

  @Test
  void aReaderThatHasGoneEndsTheCommandSilently() {
    boolean[] finished = {false};
    int code =
        run(
            () -> {
              StandardStreams.strict(failingWith("Broken pipe")).append("x").flush();
              finished[0] = true;
              return 0;
            },
            "probe",
            "a");
    assertEquals(0, code);
    assertEquals("", err.toString());
    assertFalse(finished[0]);
  }

  @Test
  void aFullDiskBehindStandardOutputIsReported() {
    int code =
        run(
            () -> {
              StandardStreams.strict(failingWith("No space left on device")).append("x").flush();
              return 0;
            },
            "probe",
            "a");
    assertEquals(2, code);
    assertEquals(
        "slate: standard output: cannot be written: No space left on device"
            + System.lineSeparator(),
        err.toString());
  }

  @Test
  void helpToAReaderThatHasGoneIsSilentToo() {
    PrintStream gone = StandardStreams.strict(failingWith("Broken pipe"));
    for (String asked : new String[] {"--help", "--version"}) {
      CommandLine line = Main.commandLine();
      line.setErr(new PrintWriter(err, true));
      line.setOut(new PrintWriter(gone, true, StandardCharsets.UTF_8));
      assertEquals(0, Main.run(line, asked), asked);
    }
    assertEquals("", err.toString());
  }

  @Test
  void versionNamesTheProjectAndTheJvm() {
    assertEquals(0, run("--version"));
    assertTrue(out.toString().matches("(?s)slate \\d+\\.\\d+\\.\\d+.*25.*"), out::toString);
  }

  @Test
  void helpListsTheCommands() {
    assertEquals(0, run("--help"));
    assertTrue(out.toString().contains("doctor"), out::toString);
  }

  private int failing(RuntimeException failure) {
    return run(
        () -> {
          throw failure;
        },
        "probe",
        "a");
  }

  private static OutputStream failingWith(String message) {
    return new OutputStream() {
      @Override
      public void write(int value) throws IOException {
        throw new IOException(message);
      }
    };
  }

  /** A command that does what the test says. */
  @Command(name = "probe")
  private static final class Probe implements Callable<Integer> {
    @Parameters(paramLabel = "FILE")
    String unusedFile;

    @Option(names = {"-n", "--count"})
    int unusedCount;

    private final Callable<Integer> work;

    Probe(Callable<Integer> work) {
      this.work = work;
    }

    @Override
    public Integer call() throws Exception {
      return work.call();
    }
  }
}
