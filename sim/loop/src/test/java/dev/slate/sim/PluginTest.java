package dev.slate.sim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Selectors that are brought as a source file: compiled, checked, refused, exercised. */
class PluginTest {
  @TempDir Path directory;

  private Path source(String name, String body) throws IOException {
    return source(name, "", body);
  }

  private Path source(String name, String members, String body) throws IOException {
    Path file = directory.resolve(name + ".java");
    Files.writeString(
        file,
        """
        import dev.slate.sim.*;

        public final class %s implements Selector {
          public String name() { return "mine"; }
          public String description() { return "what I show"; }
          %s
          public void select(SelectorContext context, SlateBuilder slate) {
            %s
          }
        }
        """
            .formatted(name, members, body));
    return file;
  }

  private static Cli.Outcome sim(Path plugin, String... more) {
    List<String> command = new ArrayList<>(List.of("sim"));
    command.addAll(List.of(more));
    command.addAll(List.of("--plugin", plugin.toString()));
    return Cli.run(command.toArray(String[]::new));
  }

  private static Cli.Outcome run(Path plugin) {
    return sim(plugin, "--selector", "mine", "--replications", "2", "--steps", "4");
  }

  @Test
  void aSourceIsCompiledAndRuns() throws IOException {
    Path file = source("Mine", "context.fillNearest(context.preference(), slate);");
    Cli.Outcome outcome = run(file);
    assertEquals(0, outcome.code(), outcome::err);
    assertTrue(outcome.out().contains("mine"), outcome::out);
    Cli.Outcome help = sim(file, "--help");
    assertTrue(help.out().contains("what I show"), help::out);
  }

  @Test
  void anErrorNamesItsLine() throws IOException {
    Path file = source("Mine", "context.fillNearest(1, slate);");
    Cli.Outcome outcome = run(file);
    assertEquals(2, outcome.code());
    assertEquals(1, outcome.err().lines().count(), outcome::err);
    assertTrue(outcome.err().contains("Mine.java: does not compile"), outcome::err);
    assertTrue(outcome.err().contains(", line 8"), outcome::err);
  }

  @Test
  void aSourceWithoutASelectorIsRefused() throws IOException {
    Path file = directory.resolve("Nothing.java");
    Files.writeString(file, "public class Nothing {}\n");
    Cli.Outcome outcome = run(file);
    assertEquals(2, outcome.code());
    assertTrue(outcome.err().contains("has no public class that implements"), outcome::err);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "slate.add(1); | fills 1 of 5 places",
        "for (int i = 0; i < 5; i++) slate.add(i / 2); | fills 3 of 5 places",
        "slate.add((int) (System.nanoTime() % 1000)); context.fillNearest(context.preference(),"
            + " slate); | two different slates",
        "slate.add(7_000_000); | Mine.java:8",
        "throw new IllegalStateException(\"lost\"); | fails with java.lang.IllegalStateException",
        "if (context.step() == 2) throw new AssertionError(); context.fillNearest(context.preference(),"
            + " slate); | in step 2",
      })
  void aBrokenSlateIsRefused(String body, String expected) throws IOException {
    Cli.Outcome outcome = run(source("Mine", body));
    assertEquals(2, outcome.code(), outcome::out);
    assertEquals(1, outcome.err().lines().count(), outcome::err);
    assertTrue(outcome.err().startsWith("slate: --plugin: selector mine "), outcome::err);
    assertTrue(outcome.err().contains(expected), outcome::err);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "null          | ''     | Mine: name() returns null",
        "\"mine\"        | null   | Mine: description() returns null",
        "\"\".repeat(-1) | \"mine\" | Mine: name() fails with java.lang.IllegalArgumentException",
        "\"nearest\"     | \"mine\" | two selectors are named nearest: ",
      })
  void aSelectorSaysItsOwnName(String name, String description, String problem) throws IOException {
    Path file = directory.resolve("Mine.java");
    Files.writeString(
        file,
        """
        import dev.slate.sim.*;

        public final class Mine implements Selector {
          public String name() { return %s; }
          public String description() { return %s; }
          public void select(SelectorContext context, SlateBuilder slate) {}
        }
        """
            .formatted(name, description.isEmpty() ? "\"\"" : description));
    Cli.Outcome outcome = sim(file, "--selector", "nearest", "--steps", "1");
    assertEquals(2, outcome.code(), outcome::out);
    assertEquals(1, outcome.err().lines().count(), outcome::err);
    assertTrue(outcome.err().startsWith("slate: --plugin: " + problem), outcome::err);
  }

  @Test
  void whatTheFiltersKeepOutIsRefused() throws IOException {
    Path file = source("Mine", "for (int i = 0; !slate.full(); i++) slate.add(i);");
    Cli.Outcome outcome =
        sim(file, "--selector", "mine", "--steps", "1", "--moderate", "offensive=-1");
    assertEquals(2, outcome.code());
    assertTrue(outcome.err().contains("which the filters keep out"), outcome::err);
  }

  @Test
  void aSelectorSeesWhatAPlatformSees() throws IOException {
    Path file =
        source(
            "Mine",
            "public int history() { return 3; }",
            """
            History history = context.history();
            if (history.size() != Math.min(3, context.step() - 1)) throw new IllegalStateException();
            for (int back = 0; back < history.size(); back++) {
              if (history.step(back) != context.step() - 1 - back) throw new IllegalStateException();
              if (history.reaction(back) != Reaction.DOUBLE_LIKE
                  && history.reaction(back) != Reaction.LIKE) throw new IllegalStateException();
              slate.add(history.item(back));
            }
            context.fillNearest(context.preference(), slate);
            """);
    Cli.Outcome outcome =
        sim(
            file,
            "--selector",
            "mine",
            "--steps",
            "6",
            "--like",
            "1",
            "--double-like",
            "1",
            "--dislike",
            "1",
            "--replications",
            "1");
    assertEquals(0, outcome.code(), outcome::err);
  }

  @Test
  void checkPrintsALineARule() throws IOException {
    Path good = source("Mine", "context.fillRandom(slate);");
    assertEquals(2, Cli.run("sim", "check").code());
    Cli.Outcome outcome = Cli.run("sim", "check", "--plugin", good.toString());
    assertEquals(0, outcome.code(), outcome::err);
    assertEquals(6, outcome.out().lines().filter(line -> line.startsWith("ok ")).count());
    Path bad = source("Bad", "slate.add(0);");
    Cli.Outcome broken = Cli.run("sim", "check", "--plugin", bad.toString());
    assertEquals(2, broken.code());
    assertTrue(broken.out().contains("BROKEN  mine fills every place"), broken::out);
    assertFalse(broken.out().contains("plugin:"), broken::out);
  }

  @Test
  void theSelectorsOfSlateSolveTheExercises() {
    String[] solutions = {"random", "advertisement", "nearest", "nearest-half-random"};
    for (int number = 1; number <= 4; number++) {
      for (String selector : solutions) {
        if (number == 4 || selector.equals(solutions[number - 1])) {
          Cli.Outcome outcome =
              Cli.run("sim", "exercise", Integer.toString(number), "--selector", selector);
          boolean right = selector.equals(solutions[number - 1]);
          assertEquals(right ? 0 : 2, outcome.code(), number + " " + outcome.out());
          assertEquals(right && number > 1, outcome.out().contains("difference"), outcome::out);
          assertEquals(right && number == 1, outcome.out().contains(" start"), outcome::out);
          assertEquals(right, !outcome.out().contains("WRONG"), outcome::out);
        }
      }
    }
  }

  @Test
  void anExerciseKeepsItsAnswersFolded() {
    for (int number = 1; number <= 4; number++) {
      Cli.Outcome task = Cli.run("sim", "exercise", Integer.toString(number));
      assertEquals(0, task.code());
      assertTrue(task.out().startsWith("Exercise " + number), task::out);
      assertFalse(task.out().contains("Mallory"), task::out);
      Cli.Outcome answers = Cli.run("sim", "exercise", Integer.toString(number), "--answers");
      assertTrue(answers.out().length() > task.out().length() + 100);
    }
    assertTrue(Cli.run("sim", "exercise", "4", "--answers").out().contains("Mallory"));
    assertEquals(2, Cli.run("sim", "exercise", "5").code());
  }

  @Test
  void theRiddleIsNotSolvedByTheAudit() {
    Cli.Outcome outcome =
        Cli.run("audit", "--attack", "spam", "--copies", "500", "--all", "--quiet-verdict");
    assertEquals(0, outcome.code(), outcome::err);
    assertFalse(outcome.out().contains("named:"), outcome::out);
    assertFalse(outcome.out().contains("by chance"), outcome::out);
    assertFalse(outcome.out().contains("p("), outcome::out);
    assertFalse(outcome.out().lines().findFirst().orElseThrow().contains("Mallory"));
    assertEquals(1, outcome.out().lines().filter(line -> line.startsWith("Zakarias")).count());
  }

  @Test
  void whatARunWroteCanBeReadAgain() throws IOException {
    Path first = directory.resolve("first");
    String[] sizes = {"--selector", "nearest", "--steps", "5", "--replications", "1"};
    List<String> command = new ArrayList<>(List.of("sim"));
    command.addAll(List.of(sizes));
    command.addAll(List.of("--out", first.toString()));
    assertEquals(0, Cli.run(command.toArray(String[]::new)).code());
    Path second = directory.resolve("second");
    List<String> again = new ArrayList<>(List.of("sim"));
    again.addAll(List.of(sizes));
    again.addAll(List.of("--users", first.resolve("users.csv").toString()));
    again.addAll(List.of("--catalog", first.resolve("items.csv").toString()));
    again.addAll(List.of("--promote", "0", "--out", second.toString()));
    Cli.Outcome outcome = Cli.run(again.toArray(String[]::new));
    assertEquals(0, outcome.code(), outcome::err);
    for (String file : List.of("trajectories.csv", "impressions.csv", "items.csv", "users.csv")) {
      assertArrayEquals(
          Files.readAllBytes(first.resolve(file)), Files.readAllBytes(second.resolve(file)), file);
    }
    String run = first.toString();
    Cli.Outcome user = Cli.run("sim", "show", run, "--user", "3");
    assertTrue(user.out().startsWith("user 3, Dara\nstarts at  humour "), user::out);
    assertTrue(user.out().matches("(?s).*\\Rstep 5     humour -?[01]\\.\\d{3}, .*"), user::out);
    assertEquals(5, user.out().lines().filter(line -> line.contains(", place ")).count());
    Cli.Outcome item = Cli.run("sim", "show", run, "--item", "image_0.png");
    assertTrue(item.out().startsWith("item 0, image_0.png by Celebrations"), item::out);
    assertTrue(item.out().contains("humour 0.0, sarcasm -1.0, offensive -1.0"), item::out);
    assertFalse(item.out().contains("as an advertisement"), item::out);
    Cli.Outcome author = Cli.run("sim", "show", run, "--author", "Zakarias");
    assertTrue(author.out().contains("% of what was picked"), author::out);
    Cli.Outcome one = Cli.run("sim", "show", run, "--author", "Celebrations");
    assertTrue(one.out().startsWith("Celebrations: 1 item, 0.0 % of the catalogue"), one::out);
    assertEquals(2, Cli.run("sim", "show", run, "--author", "Nobody").code());
    assertEquals(2, Cli.run("sim", "show", "--user", "1").code());
    assertEquals(2, Cli.run("sim", "show", run, "--user", "30").code());
    assertEquals(0, Cli.run("sim", "show", "--item", "5").code());
  }

  @Test
  void usersWithoutAnAttributeAreRefused() throws IOException {
    Path file = directory.resolve("people.csv");
    Files.writeString(file, "name,humour,sarcasm\nAnn,0,1\n");
    Cli.Outcome outcome = Cli.run("sim", "--selector", "random", "--users", file.toString());
    assertEquals(2, outcome.code());
    assertTrue(outcome.err().contains("has no column offensive"), outcome::err);
    String header = "name,humour,sarcasm,offensive,motivational,overall_sentiment\n";
    Files.writeString(file, header + "Ann,0,0,0,0,0\nBob,0,1.5,0,0,0\n");
    outcome = Cli.run("sim", "--selector", "random", "--users", file.toString());
    assertEquals(2, outcome.code());
    assertTrue(outcome.err().contains("sarcasm 1.5 is not from -1.0 to 1.0"), outcome::err);
    assertTrue(outcome.err().contains("row 1"), outcome::err);
    Files.writeString(file, "name,humour\nAnn,zero\n");
    outcome = Cli.run("sim", "--selector", "random", "--users", file.toString());
    assertTrue(outcome.err().contains("'zero' is not a finite number, row 0, column 1, line 2"));
  }
}
