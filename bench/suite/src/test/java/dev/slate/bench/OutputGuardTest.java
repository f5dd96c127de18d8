package dev.slate.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** A typing error would otherwise cost a file that nobody else has. */
class OutputGuardTest {
  /** Commands whose outputs have names that none of their inputs has, or that read no file. */
  private static final Set<String> SAFE =
      Set.of(
          "slate data generate",
          "slate online",
          "slate bench",
          "slate bench planner",
          "slate gate");

  private static final String REFUSED = "is read by this command, and its output would replace it";

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir Path dir;

  /** What is in the files does not matter: a command is refused before it reads them. */
  @BeforeEach
  void files() throws IOException {
    Files.createDirectories(dir.resolve("model"));
    Files.createDirectories(dir.resolve("run/nearest"));
    for (String name :
        new String[] {
          "a.csv",
          "b.csv",
          "a.slate",
          "a.hdf5",
          "log.jsonl",
          "é ü.csv",
          "model/model.json",
          "model/users.csv",
          "model/items.npy",
          "model/feedback.csv",
          "model/item-features.csv",
          "model/test.csv",
          "model/training.csv",
          "run/users.csv",
          "run/items.csv",
          "run/nearest/items.csv"
        }) {
      Files.writeString(dir.resolve(name), "0,0\n1,0\n");
    }
    Files.createSymbolicLink(dir.resolve("link.csv"), dir.resolve("a.csv"));
    Files.createSymbolicLink(dir.resolve("linked"), dir.resolve("model"));
  }

  private int run(String line) {
    CommandLine slate =
        Main.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    String[] words = line.replace("DIR", dir.toString()).split(" ", -1);
    for (int i = 0; i < words.length; i++) {
      words[i] = words[i].replace('~', ' ');
    }
    return Main.run(slate, words);
  }

  private SortedMap<String, String> contents() throws IOException {
    SortedMap<String, String> contents = new TreeMap<>();
    try (Stream<Path> files = Files.walk(dir)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        contents.put(dir.relativize(file).toString(), Files.readString(file));
      }
    }
    return contents;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "search --items DIR/a.csv --queries DIR/b.csv --out DIR/a.csv",
        "search --items DIR/a.csv --queries DIR/b.csv --out DIR/b.csv",
        "search --items DIR/a.csv --queries DIR/b.csv --out DIR/link.csv",
        "search --items DIR/link.csv --queries DIR/b.csv --out DIR/run/../a.csv",
        "search --items DIR/é~ü.csv --queries DIR/b.csv --out DIR/./é~ü.csv",
        "search --items memotion:DIR/a.csv --queries DIR/b.csv --out DIR/a.csv",
        "search --items memotion --queries memotion --allow DIR/a.csv --out DIR/a.csv",
        "search --items memotion --queries memotion --deny DIR/a.csv --out DIR/a.csv",
        "search --items memotion --queries memotion --bias DIR/a.csv --out DIR/a.csv",
        "search --items memotion --queries memotion --deny-lists DIR/a.csv --out DIR/a.csv",
        "search --items memotion --queries memotion --check DIR/a.csv --out DIR/a.csv",
        "build --items DIR/a.slate --out DIR/a.slate",
        "build --items memotion --bias DIR/a.slate --out DIR/a.slate",
        "data convert --in DIR/a.csv --out DIR/a.csv",
        "data convert --in DIR/a.csv --out DIR/link.csv",
        "data convert --in DIR/a.hdf5:train --out DIR/a.hdf5:test",
        "sim --selector nearest --users DIR/run/users.csv --out DIR/run",
        "sim --selector nearest --catalog DIR/run/items.csv --out DIR/linked/../run",
        "sim compare --selectors nearest,random --catalog DIR/run/nearest/items.csv --out DIR/run",
        "audit --catalog DIR/a.csv --out DIR/a.csv",
        "train --model als --feedback DIR/b.csv,DIR/model/feedback.csv --out DIR/model",
        "train --model als --feedback DIR/model/training.csv --out DIR/linked",
        "train --model als --feedback DIR/model/test.csv --split random:0.1 --out DIR/model",
        "train --model als --feedback DIR/b.csv --item-features DIR/model/item-features.csv"
            + " --out DIR/model",
        "recommend --model DIR/model --users all --out DIR/model/users.csv",
        "recommend --model DIR/linked --users all --out DIR/model/items.npy",
        "evaluate --models DIR/run,DIR/model --test DIR/b.csv --out DIR/model",
        "evaluate --models DIR/run --test DIR/model/users.csv --out DIR/model",
        "history show --file DIR/log.jsonl --out DIR/log.jsonl",
        "history show --file DIR/log.jsonl --out DIR/./log.jsonl",
      })
  void noOutputReplacesAnInput(String line) throws IOException {
    SortedMap<String, String> before = contents();
    assertEquals(2, run(line), out::toString);
    assertTrue(err.toString().endsWith(": " + REFUSED + System.lineSeparator()), err::toString);
    assertEquals(1, err.toString().lines().count());
    assertEquals(before, contents());
  }

  /** The lines above, by the command that each begins with. */
  @Test
  void eachCommandWithAnOutputIsTried() throws Exception {
    Set<String> tried = new TreeSet<>(SAFE);
    String[] lines =
        OutputGuardTest.class
            .getDeclaredMethod("noOutputReplacesAnInput", String.class)
            .getAnnotation(ValueSource.class)
            .strings();
    Set<String> writing = new TreeSet<>();
    collect(Main.commandLine(), writing);
    for (String command : writing) {
      String words = command.substring("slate ".length()) + " --";
      if (Stream.of(lines).anyMatch(line -> line.startsWith(words))) {
        tried.add(command);
      }
    }
    assertEquals(writing, tried);
  }

  private static void collect(CommandLine command, Set<String> writing) {
    if (command.getCommandSpec().findOption("--out") != null) {
      writing.add(command.getCommandSpec().qualifiedName());
    }
    command.getSubcommands().values().forEach(sub -> collect(sub, writing));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "data convert --in DIR/a.csv --out DIR/b.csv",
        "data convert --in DIR/a.csv --out DIR/new.csv",
        "search --items DIR/a.csv --queries DIR/a.csv --columns 0,1 --out DIR/b.csv",
        "data convert --in DIR/a.csv --out DIR/a.csv --help",
      })
  void otherFilesAreReplaced(String line) {
    assertEquals(0, run(line), err::toString);
  }

  /** They fail for what is in them, not for where they write. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "train --model als --feedback DIR/model/test.csv --out DIR/model",
        "recommend --model DIR/model --users all --out DIR/model/test.csv",
        "sim --selector nearest --catalog DIR/run/nearest/items.csv --out DIR/run",
        "sim --selector nearest --every 0 --users DIR/run/users.csv --out DIR/run",
      })
  void aFolderMayHoldInputsThatAreNotReplaced(String line) {
    run(line);
    assertFalse(err.toString().contains(REFUSED), err::toString);
  }

  /** A device or a pipe is written to, not replaced. */
  @Test
  void aDeviceMayBeReadAndWritten() throws IOException {
    Path device = Path.of("/dev/null");
    assumeTrue(Files.isWritable(device), "no such device");
    Files.createSymbolicLink(dir.resolve("null.csv"), device);
    assertEquals(
        0,
        run("search --items DIR/a.csv --queries DIR/b.csv --deny DIR/null.csv --out DIR/null.csv"),
        err::toString);
  }
}
