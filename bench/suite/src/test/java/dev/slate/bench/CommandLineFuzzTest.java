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
import java.util.ArrayList;
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
  private static final Duration SHORT = Duration.ofSeconds(40);
  private static final Duration LONG = Duration.ofHours(1);

  /** What a user reads and writes: good files, bad ones, and names that are none. */
  private static final List<String> NAMES =
      List.of(
          "items.csv",
          "items.npy",
          "items.fvecs",
          "one.csv",
          "words.txt",
          "empty.csv",
          "cut.csv.gz",
          "noise.npy",
          "noise.h5",
          "noise.h5:train",
          "noise.npz:a",
          "list.txt",
          "folder",
          "folder.csv",
          "@folder",
          "@items.csv",
          "missing.csv",
          "memotion",
          "gaussian:20:2:7",
          "gaussian:2147483647:1:7:x",
          "uniform:0:0",
          "é ü.csv",
          "\ud800.csv",
          "a\0b.csv",
          "tab\tline\n.csv",
          "\u001b[31mred.csv",
          "",
          " ",
          "-",
          "--",
          "/dev/full",
          "/dev/null",
          "/proc/self/mem",
          "x".repeat(250) + ".csv",
          "x".repeat(300) + ".npy",
          "new.csv",
          "new.tsv",
          "new.npy.gz",
          "new.ivecs",
          "new.bvecs",
          "new.fbin",
          "new.txt",
          "new.hdf5:train",
          "new.hdf5:.",
          "new.hdf5:" + "n".repeat(70_000),
          "new.h5:a/b",
          "no/such/folder/x.npy",
          "full.csv",
          "full.npy",
          "full.hdf5:x",
          "null.csv",
          "null.npy",
          "null.hdf5:x");

  private static final List<String> VALUES =
      List.of(
          "0",
          "1",
          "2",
          "-1",
          "10",
          "007",
          "1k",
          "2.5m",
          "2147483647",
          "2147483648",
          "1e9",
          "NaN",
          "-0.0",
          "inf",
          "1,2",
          "0.5,0.5",
          "1,",
          ",",
          "\"",
          "\"a",
          "a\"b,c",
          "x",
          "0-1",
          "1-0",
          "x,y",
          "yes",
          "no",
          "auto",
          "dot",
          "cosine",
          "euclidean",
          "scan",
          "tree",
          "'",
          ";",
          "tab",
          "٣",
          "\u0000",
          "${x}",
          "@",
          "lowrank",
          "memotion",
          "40000");

  private static final List<String> SEARCH =
      List.of(
          "--items",
          "--queries",
          "--metric",
          "-k",
          "--strategy",
          "--planning",
          "--threads",
          "--allow",
          "--deny",
          "--radius",
          "--weights",
          "--bias",
          "--out",
          "--check",
          "--explain",
          "--columns",
          "--header",
          "--delimiter",
          "--decimal",
          "--id-column",
          "--center",
          "--query-columns",
          "--query-header",
          "--distances",
          "--exclude-self",
          "--deny-lists");

  private static final List<String> GENERATE =
      List.of("--kind", "--items", "--dims", "--seed", "--jitter", "--queries", "--out");

  private static final List<String> CONVERT =
      List.of("--in", "--out", "--columns", "--header", "--delimiter", "--decimal");

  private static final Set<String> FILES =
      Set.of(
          "--items",
          "--queries",
          "--allow",
          "--deny",
          "--bias",
          "--out",
          "--check",
          "--in",
          "--deny-lists");

  private static final Set<String> FLAGS =
      Set.of("--explain", "--center", "--distances", "--exclude-self");

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
    byte[] hdf5 = noise.clone();
    System.arraycopy(new byte[] {-119, 72, 68, 70, 13, 10, 26, 10}, 0, hdf5, 0, 8);
    Files.write(dir.resolve("noise.h5"), hdf5);
    Files.createDirectories(dir.resolve("folder"));
    Files.createDirectories(dir.resolve("folder.csv"));
    for (String device : List.of("full", "null")) {
      for (String ending : List.of(".csv", ".npy", ".hdf5")) {
        Files.createSymbolicLink(dir.resolve(device + ending), Path.of("/dev", device));
      }
    }
    String items = dir.resolve("items.csv").toString();
    assertEquals(0, run("data", "convert", "--in", items, "--out", at("items.npy")).exit);
    assertEquals(0, run("data", "convert", "--in", items, "--out", at("items.fvecs")).exit);
  }

  @AfterEach
  void restore() {
    Locale.setDefault(locale);
    System.setIn(in);
    System.setOut(out);
  }

  @Test
  @Tag("soak")
  void noCommandLineIsABug() throws IOException {
    fuzz(SHORT);
  }

  @Test
  @Tag("soak")
  void noCommandLineIsABugForLong() throws IOException {
    fuzz(LONG);
  }

  private void fuzz(Duration duration) throws IOException {
    long end = System.nanoTime() + duration.toNanos();
    for (int number = 0; System.nanoTime() < end; number++) {
      one(number);
    }
  }

  private void one(int number) throws IOException {
    Random random = new Random(number);
    String[] line = line(random);
    Locale.setDefault(pick(random, List.of(Locale.getAvailableLocales())));
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

  private String[] line(Random random) {
    List<String> line = new ArrayList<>();
    switch (random.nextInt(12)) {
      case 0, 1, 2, 3 -> {
        line.add("search");
        line.addAll(List.of("--items", file(random), "--queries", file(random)));
        options(line, SEARCH, random);
      }
      case 4, 5 -> {
        line.addAll(List.of("data", "convert", "--in", file(random), "--out", file(random)));
        options(line, CONVERT, random);
      }
      case 6, 7 -> {
        line.addAll(List.of("data", "describe", file(random)));
        options(line, CONVERT.subList(2, CONVERT.size()), random);
      }
      case 8 -> {
        line.addAll(List.of("data", "generate", "--items", pick(random, List.of("3", "70", "0"))));
        line.addAll(List.of("--kind", pick(random, VALUES), "--out", file(random)));
        options(line, GENERATE, random);
        line.removeIf(
            word -> word.equals("2147483647") || word.equals("2.5m") || word.equals("40000"));
      }
      case 9 -> {
        line.addAll(List.of("compare", file(random), file(random)));
      }
      case 10 -> {
        line.addAll(List.of(pick(random, List.of("sim", "bench", "gate", "audit", "history"))));
        line.add("--" + pick(random, VALUES).replace("=", ""));
        line.add("--no-such-option");
      }
      default -> {
        for (int i = random.nextInt(4); i >= 0; i--) {
          line.add(pick(random, random.nextBoolean() ? NAMES : VALUES));
        }
      }
    }
    if (random.nextInt(20) == 0) {
      line.set(random.nextInt(line.size()), pick(random, VALUES));
    }
    return line.toArray(String[]::new);
  }

  private void options(List<String> line, List<String> options, Random random) {
    for (int i = random.nextInt(4); i > 0; i--) {
      String option = pick(random, options);
      if (!line.contains(option) || random.nextInt(20) == 0) {
        line.add(option);
        if (!FLAGS.contains(option)) {
          line.add(FILES.contains(option) ? file(random) : pick(random, VALUES));
        }
      }
    }
  }

  private String file(Random random) {
    String name = random.nextInt(3) == 0 ? pick(random, NAMES.subList(0, 5)) : pick(random, NAMES);
    boolean here =
        name.length() > 1
            && !name.startsWith("/")
            && !name.startsWith("@")
            && (!name.contains(":") || name.matches("(?s)(noise|new|full|null)\\..*"));
    return here ? dir + "/" + name : name;
  }

  private static <T> T pick(Random random, List<T> list) {
    return list.get(random.nextInt(list.size()));
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
    assertFuzzed(SEARCH, slate.getSubcommands().get("search"));
    CommandLine data = slate.getSubcommands().get("data");
    assertFuzzed(GENERATE, data.getSubcommands().get("generate"));
    assertFuzzed(CONVERT, data.getSubcommands().get("convert"));
    assertFuzzed(CONVERT, data.getSubcommands().get("describe"));
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
