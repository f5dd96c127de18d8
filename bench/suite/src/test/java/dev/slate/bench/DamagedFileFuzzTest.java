package dev.slate.bench;

import static dev.slate.bench.RandomCommandLines.pick;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slate.bench.provenance.MachineFacts;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * The files that {@code sim}, {@code audit}, {@code compare}, {@code gate} and {@code history}
 * read, damaged at random and read in this process: results, histories, stored baselines, jars,
 * catalogues, users, and the tables of a run.
 *
 * <p>Whatever a file holds, the exit code means what happened and is never that of a bug, and a
 * refusal is one line. Each case follows from its number, which a failure names.
 */
class DamagedFileFuzzTest {
  /** Says how long to go on; the soak's own test has a longer default. */
  private static final String SECONDS = "slate.fuzz.seconds";

  /** Lines without damage: eight or so of each kind of file. */
  private static final int UNDAMAGED = 70;

  /** Ends at once and says nothing, as no JVM does. */
  private static final Path SILENT = Path.of("/bin/true");

  private static final Set<Integer> CODES = Set.of(0, 2, 3, 4);

  private static final String RESULTS =
      """
      [
        {
          "jmhVersion" : "1.37", "benchmark" : "a.B.run", "mode" : "avgt", "threads" : 2,
          "jdkVersion" : "25", "vmName" : "OpenJDK", "vmVersion" : "25", "jvmArgs" : ["-Xmx1g"],
          "params" : {"n" : "10", "kind" : "x"},
          "primaryMetric" : {
            "score" : 1.5, "scoreUnit" : "us/op",
            "rawData" : [[1.5, 1.6, 1.4], [1.5, 1.55, 1.45], [1.4, 1.5, 1.6]]
          },
          "secondaryMetrics" : {
            "gc.alloc.rate.norm" : {"score" : 16, "scoreUnit" : "B/op", "rawData" : [[16, 16, 16]]},
            "calls" : {"score" : 3, "scoreUnit" : "#", "rawData" : [[3.0], ["NaN"], [4.0]]}
          }
        },
        {
          "benchmark" : "a.B.sampled", "mode" : "sample", "threads" : 1, "forks" : 2,
          "primaryMetric" : {
            "score" : 4, "scoreUnit" : "ns/op",
            "rawDataHistogram" : [[[[3.0, 10], [4.0, 20]], [[5.0, 1]]], [[[2.0, 7]]]]
          },
          "secondaryMetrics" : {}
        }
      ]
      """;

  private static final String ITEMS =
      """
      item,name,author,warm,loud
      0,sun,Ada,0.5,-0.25
      1,rain,Bo,-0.75,0.125
      2,"snow, deep",Ada,-1,0
      3,wind,Cy,0,1
      4,sun,Bo,0.5,-0.25
      5,fog,Cy,-0.25,-1
      6,hail,Ada,-0.5,0.75
      """;

  private static final String USERS =
      """
      user,name,warm,loud
      0,Ann,0.25,0.5
      1,Ben,-0.5,0
      2,Col,0,-0.75
      """;

  private static final String LABELS =
      """
      ,image_name,text_ocr,text_corrected,humour,sarcasm,offensive,motivational,overall_sentiment
      0,image_1.jpg,LOOK,LOOK,hilarious,general,not_offensive,not_motivational,very_positive
      1,image_2.jpg,"A, B",A,not_funny,general,slight,motivational,neutral
      2,image_3.jpg,C,C,funny,not_sarcastic,hateful_offensive,not_motivational,negative
      """;

  private static final List<String> SELECTORS =
      List.of("nearest", "balanced", "random", "advertisement", "contrarian", "neighbourhood");

  private static final List<String> FORMATS = List.of("text", "md", "json");

  private static final List<String> SHOWN =
      List.of("text", "md", "json", "html", "otava-csv", "otava-yaml");

  @TempDir Path dir;
  private String history = "";
  private String baseline = "";
  private final List<Path> run = new ArrayList<>();

  @BeforeEach
  void files() throws IOException {
    Path results = Files.writeString(dir.resolve("results.json"), RESULTS);
    for (int commit = 0; commit < 12; commit++) {
      must(
          "history",
          "add",
          results.toString(),
          "--commit",
          "c0ffee" + commit,
          "--time",
          "2026-01-%02dT10:00:00Z".formatted(commit + 1),
          "--branch",
          "main",
          "--file",
          at("history.jsonl"));
    }
    history = Files.readString(dir.resolve("history.jsonl"));
    baseline =
        "{\"format\" : \"slate-baseline\", \"version\" : 1, \"name\" : \"main\", \"machine\" : \""
            + MachineFacts.fingerprint()
            + "\", \"runs\" : "
            + RESULTS
            + "}\n";
    Files.writeString(dir.resolve("items.csv"), ITEMS);
    Files.writeString(dir.resolve("users.csv"), USERS);
    must(
        ("sim --selector nearest --slate 2 --steps 3 --replications 1 --catalog "
                + at("items.csv")
                + " --users "
                + at("users.csv")
                + " --out "
                + at("run"))
            .split(" "));
    try (Stream<Path> files = Files.list(dir.resolve("run"))) {
      files.filter(file -> file.toString().endsWith(".csv")).sorted().forEach(run::add);
    }
    assertEquals(4, run.size(), run::toString);
  }

  @Test
  void noFileIsABug() throws IOException {
    fuzz(Duration.ofSeconds(Integer.getInteger(SECONDS, 4)));
  }

  @Test
  @Tag("soak")
  void noFileIsABugForLong() throws IOException {
    fuzz(Duration.ofSeconds(Integer.getInteger(SECONDS, 3600)));
  }

  /** Undamaged, the files are read: what is fuzzed are not refusals of something else. */
  @Test
  void whatIsNotDamagedIsRead() throws IOException {
    Files.writeString(dir.resolve("labels.csv"), LABELS);
    Set<String> commands = new TreeSet<>();
    for (int number = 0; number < UNDAMAGED; number++) {
      List<String> line = line(new Random(number), false);
      Ran ran = run(line);
      String command = line.getFirst();
      // A JVM that says nothing ends the gate, after it has read what it was given; three forks
      // leave a comparison undecided.
      Set<Integer> codes =
          Map.of("gate", Set.of(2), "compare", Set.of(0, 4)).getOrDefault(command, Set.of(0));
      assertTrue(codes.contains(ran.exit), line + "\n" + ran.exit + "\n" + ran.err);
      assertTrue(!command.equals("gate") || ran.err.contains("JMH could not run it"), ran.err);
      commands.add(command);
    }
    assertEquals(Set.of("audit", "compare", "gate", "history", "sim"), commands);
  }

  private void fuzz(Duration duration) throws IOException {
    long end = System.nanoTime() + duration.toNanos();
    int number = 0;
    do {
      one(number);
      number++;
    } while (System.nanoTime() < end);
  }

  private void one(int number) throws IOException {
    List<String> line = line(new Random(number), true);
    Ran ran = run(line);
    String what = "number " + number + ": " + String.join(" ", line) + "\n" + ran.err;
    assertTrue(CODES.contains(ran.exit), what);
    if (ran.exit == 2) {
      String last = ran.err.substring(ran.err.stripTrailing().lastIndexOf('\n') + 1);
      assertTrue(last.startsWith("slate: "), what);
      assertTrue(last.stripTrailing().chars().noneMatch(Character::isISOControl), what);
    }
  }

  /** A command on a file; damaged, or as it should be. */
  private List<String> line(Random random, boolean damaged) throws IOException {
    return switch (random.nextInt(9)) {
      case 0 -> compare(random, damaged);
      case 1 -> {
        String file = write("history.jsonl", history, random, damaged);
        yield words("history show --file", file, "--format", pick(random, SHOWN));
      }
      case 2 -> {
        String file = write("results.json", RESULTS, random, damaged);
        String to = random.nextBoolean() ? at("new.jsonl") : at("old.jsonl");
        Files.deleteIfExists(dir.resolve("new.jsonl"));
        write("old.jsonl", history, random, damaged);
        yield words(
            "history add --commit c --time 2026-02-01T00:00:00Z --branch b", file, "--file", to);
      }
      case 3 -> {
        String file = write("items.csv", ITEMS, random, damaged);
        yield words("sim", sim(random), "--catalog", file);
      }
      case 4 -> {
        Files.writeString(dir.resolve("whole.csv"), ITEMS);
        String file = write("users.csv", USERS, random, damaged);
        yield words("sim", sim(random), "--catalog", at("whole.csv"), "--users", file);
      }
      case 5 -> {
        String file = write("labels.csv", LABELS, random, damaged);
        yield words("sim", sim(random), "--catalog", "memotion:" + file);
      }
      case 6 -> show(random, damaged);
      case 7 -> {
        String file = write("items.csv", ITEMS, random, damaged);
        yield words("audit --catalog", file, "--out", at("audit.json"));
      }
      default -> gate(random, damaged);
    };
  }

  private List<String> compare(Random random, boolean damaged) throws IOException {
    String one = write("one.json", RESULTS, random, damaged);
    String other = write("other.json", RESULTS, random, damaged && random.nextBoolean());
    String only = pick(random, List.of("", " --only measured", " --only deterministic"));
    return words("compare", one, other, "--format " + pick(random, FORMATS) + only);
  }

  private String sim(Random random) {
    String out = random.nextInt(3) == 0 ? " --out " + at("out") : "";
    return "--promote 0 --slate 2 --steps 2 --replications 1 --selector "
        + pick(random, SELECTORS)
        + out;
  }

  /** The folder of a run, one of its tables damaged. */
  private List<String> show(Random random, boolean damaged) throws IOException {
    Path hurt = pick(random, run);
    Files.createDirectories(dir.resolve("shown"));
    for (Path table : run) {
      String name = "shown/" + table.getFileName();
      write(name, Files.readString(table), random, damaged && table.equals(hurt));
    }
    String what = pick(random, List.of("--user 1", "--item sun", "--item 3", "--author Ada"));
    return words("sim show", at("shown"), what);
  }

  /** A stored baseline, or a jar, on a JVM that says nothing. */
  private List<String> gate(Random random, boolean damaged) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JarOutputStream jar = new JarOutputStream(bytes)) {
      jar.putNextEntry(new JarEntry("META-INF/MANIFEST.MF"));
      jar.write("Manifest-Version: 1.0\nMain-Class: a.B\n".getBytes(StandardCharsets.UTF_8));
      jar.putNextEntry(new JarEntry("META-INF/BenchmarkList"));
      jar.write(new byte[random.nextInt(300)]);
    }
    byte[] jar = bytes.toByteArray();
    boolean stored = random.nextBoolean();
    if (damaged && !stored) {
      for (int i = random.nextInt(4); i >= 0; i--) {
        jar[random.nextInt(jar.length)] = (byte) random.nextInt();
      }
    }
    Files.write(dir.resolve("bench.jar"), jar);
    String java = Files.isExecutable(SILENT) ? SILENT.toString() : "java";
    List<String> line = words("gate --project", dir.toString(), "--java", java);
    line.addAll(List.of("--candidate", at("bench.jar")));
    if (stored) {
      Files.createDirectories(dir.resolve("store"));
      write("store/baseline.json", baseline, random, damaged);
      line.addAll(List.of("--baseline", "stored", "--store", at("store")));
    } else {
      line.addAll(List.of("--baseline", at("bench.jar")));
    }
    return line;
  }

  private String write(String name, String text, Random random, boolean damaged)
      throws IOException {
    Path file = dir.resolve(name);
    if (damaged) {
      Files.write(file, DamagedText.of(text, random));
    } else {
      Files.writeString(file, text);
    }
    return file.toString();
  }

  /** The first is a list of words; so is each other one that begins with a dash. */
  private static List<String> words(String first, String... others) {
    List<String> words = new ArrayList<>(List.of(first.split(" ")));
    for (String other : others) {
      words.addAll(other.startsWith("-") ? List.of(other.split(" ")) : List.of(other));
    }
    return words;
  }

  private String at(String name) {
    return dir.resolve(name).toString();
  }

  private record Ran(int exit, String err) {}

  private static void must(String... line) {
    Ran ran = run(List.of(line));
    assertEquals(0, ran.exit, ran.err);
  }

  private static Ran run(List<String> line) {
    StringWriter err = new StringWriter();
    CommandLine slate =
        Main.commandLine()
            .setOut(new PrintWriter(new StringWriter()))
            .setErr(new PrintWriter(err, true));
    return new Ran(Main.run(slate, line.toArray(String[]::new)), err.toString());
  }
}
