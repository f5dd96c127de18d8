package dev.slate.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * Random command lines, run in this process: hostile names and values, every locale, input that is
 * closed, outputs that are full or closed.
 *
 * <p>Whatever is asked, the exit code is one that means what happened, never that of a bug; a
 * refusal is one line that begins with {@code slate:}; and no file that nobody named is left. Each
 * command line follows from its number, which a failure names.
 */
class CommandLineFuzzTest {
  /** Says how long to go on; the soak's own test has a longer default. */
  private static final String SECONDS = "slate.fuzz.seconds";

  @TempDir Path dir;
  private final Locale locale = Locale.getDefault();
  private final InputStream in = System.in;
  private final PrintStream out = System.out;

  @BeforeEach
  void files() throws IOException {
    Files.writeString(dir.resolve("items.csv"), "x,y\n1,2\n3,4\n5,6\n0,0\n");
    Files.writeString(dir.resolve("one.csv"), "1\n2\n");
    Files.writeString(dir.resolve("words.txt"), "the 1 2\nof 3 4\n");
    Files.writeString(dir.resolve("empty.csv"), "");
    Files.writeString(dir.resolve("list.txt"), "0\n1\n");
    Files.writeString(dir.resolve("é ü.csv"), "1,2\n3,4\n");
    Files.write(dir.resolve("cut.csv.gz"), new byte[] {31, -117, 8, 0, 0, 0, 0, 0, 0, 3, 75});
    byte[] noise = new byte[500];
    new Random(1).nextBytes(noise);
    Files.write(dir.resolve("noise.npy"), noise);
    Files.write(dir.resolve("noise.npz"), noise);
    Files.write(dir.resolve("noise.slate"), noise);
    byte[] hdf5 = noise.clone();
    System.arraycopy(new byte[] {-119, 72, 68, 70, 13, 10, 26, 10}, 0, hdf5, 0, 8);
    Files.write(dir.resolve("noise.h5"), hdf5);
    Files.createDirectories(dir.resolve("folder"));
    Files.createDirectories(dir.resolve("folder.csv"));
    for (String device : List.of("full", "null")) {
      for (String ending : List.of(".csv", ".npy", ".hdf5", ".slate")) {
        Files.createSymbolicLink(dir.resolve(device + ending), Path.of("/dev", device));
      }
    }
    String items = dir.resolve("items.csv").toString();
    assertEquals(0, run("data", "convert", "--in", items, "--out", at("items.npy")).exit);
    assertEquals(0, run("data", "convert", "--in", items, "--out", at("items.fvecs")).exit);
    assertEquals(0, run("build", "--items", items, "--out", at("items.slate")).exit);
  }

  /** Deletes the links, too, of which JUnit would warn. */
  @AfterEach
  void restore() throws IOException {
    Locale.setDefault(locale);
    System.setIn(in);
    System.setOut(out);
    Files.deleteIfExists(Path.of("@items.csv")); // An output that is named so lies here.
    Files.deleteIfExists(Path.of("@folder"));
    try (Stream<Path> files = Files.list(dir)) {
      for (Path link : files.filter(Files::isSymbolicLink).toList()) {
        Files.delete(link);
      }
    }
  }

  @Test
  void noCommandLineIsABug() throws IOException {
    fuzz(Duration.ofSeconds(Integer.getInteger(SECONDS, 60)));
  }

  @Test
  @Tag("soak")
  void noCommandLineIsABugForLong() throws IOException {
    fuzz(Duration.ofSeconds(Integer.getInteger(SECONDS, 3600)));
  }

  private void fuzz(Duration duration) throws IOException {
    RandomCommandLines lines = new RandomCommandLines(dir);
    long end = System.nanoTime() + duration.toNanos();
    int number = 0;
    do {
      one(lines, number);
      number++;
    } while (System.nanoTime() < end);
  }

  private void one(RandomCommandLines lines, int number) throws IOException {
    Random random = new Random(number);
    String[] line = lines.next(random);
    Locale.setDefault(RandomCommandLines.pick(random, List.of(Locale.getAvailableLocales())));
    System.setIn(
        random.nextBoolean()
            ? closed()
            : new ByteArrayInputStream("1,2\n".getBytes(StandardCharsets.US_ASCII)));
    Ran ran = run(random.nextInt(8), line);
    String what = "number " + number + ": " + String.join(" ", line) + "\n" + ran;
    assertTrue(Set.of(0, 2).contains(ran.exit), what);
    if (ran.exit == 2 && !ran.err.isEmpty()) {
      String last =
          ran.err.substring(ran.err.stripTrailing().lastIndexOf('\n') + 1).stripTrailing();
      assertTrue(last.startsWith("slate: "), what);
      assertTrue(last.chars().noneMatch(Character::isISOControl), what);
    }
    try (Stream<Path> files = Files.list(dir)) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString();
        assertTrue(!name.endsWith(".tmp"), () -> name + " is left by " + what);
        if (name.startsWith("new") || name.startsWith("xxx")) {
          Files.delete(file);
        }
      }
    }
  }

  private String at(String name) {
    return dir.resolve(name).toString();
  }

  private static InputStream closed() {
    InputStream closed = InputStream.nullInputStream();
    try {
      closed.close();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return closed;
  }

  private record Ran(int exit, String err) {}

  private Ran run(String... line) {
    return run(0, line);
  }

  /** Runs one command line; standard output may be full (1) or its reader gone (2). */
  private Ran run(int output, String... line) {
    OutputStream sink =
        switch (output) {
          case 1 -> failing("No space left on device");
          case 2 -> failing("Broken pipe");
          default -> new ByteArrayOutputStream();
        };
    PrintStream strict = StandardStreams.strict(sink);
    System.setOut(strict);
    StringWriter err = new StringWriter();
    CommandLine slate =
        Main.commandLine()
            .setOut(new PrintWriter(strict, false, StandardCharsets.UTF_8))
            .setErr(new PrintWriter(err, true));
    int exit = Main.run(slate, line);
    return new Ran(exit, err.toString());
  }

  private static OutputStream failing(String reason) {
    return new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        throw new IOException(reason);
      }
    };
  }

  @Test
  void everyOptionOfTheseCommandsIsFuzzed() {
    CommandLine slate = Main.commandLine();
    assertFuzzed(RandomCommandLines.SEARCH, slate.getSubcommands().get("search"));
    assertFuzzed(RandomCommandLines.BUILD, slate.getSubcommands().get("build"));
    CommandLine data = slate.getSubcommands().get("data");
    assertFuzzed(RandomCommandLines.GENERATE, data.getSubcommands().get("generate"));
    assertFuzzed(RandomCommandLines.CONVERT, data.getSubcommands().get("convert"));
    assertFuzzed(RandomCommandLines.CONVERT, data.getSubcommands().get("describe"));
  }

  private static void assertFuzzed(List<String> options, CommandLine command) {
    Set<String> names = names(command);
    names.removeAll(options);
    assertEquals(Set.of(), names);
  }

  private static Set<String> names(CommandLine command) {
    return command.getCommandSpec().options().stream()
        .map(option -> option.longestName())
        .filter(name -> !name.equals("--help") && !name.equals("--version"))
        .collect(Collectors.toSet());
  }
}
