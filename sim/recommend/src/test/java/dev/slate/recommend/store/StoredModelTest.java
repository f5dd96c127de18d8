package dev.slate.recommend.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slate.data.InputException;
import dev.slate.recommend.Candidates;
import dev.slate.recommend.Feedback;
import dev.slate.recommend.Kind;
import dev.slate.recommend.ModelKind;
import dev.slate.recommend.Names;
import dev.slate.recommend.PlantedWorld;
import dev.slate.recommend.Request;
import dev.slate.recommend.Retriever;
import dev.slate.recommend.Training;
import dev.slate.recommend.Workers;
import dev.slate.recommend.feedback.FeedbackFiles;
import dev.slate.recommend.model.Models;
import dev.slate.recommend.model.TimeContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class StoredModelTest {
  private static final List<Kind> KINDS = List.of(Kind.values());
  private static final Workers THREE = new Workers(task -> new Thread(task).start(), 3);
  private static final PlantedWorld WORLD = new PlantedWorld(80, 60, 11);

  @TempDir private Path directory;

  static List<String> names() {
    return List.copyOf(Models.all().keySet());
  }

  private StoredModel trained(String name) {
    Map<String, String> settings =
        switch (name) {
          case "als", "context" -> Map.of("factors", "6", "sweeps", "3");
          case "bpr" -> Map.of("factors", "6", "epochs", "5");
          case "hybrid" -> Map.of("als.factors", "6", "als.sweeps", "3", "from", "5 1");
          case "ranked" -> Map.of("of", "als item-knn", "als.factors", "6", "als.sweeps", "3");
          case "rules" -> Map.of("where", "f0>0");
          default -> Map.of();
        };
    Training training = WORLD.training(Workers.ALONE, settings);
    ModelKind kind = Models.find(name);
    assertNotNull(kind);
    Retriever model = kind.train(training);
    training.settings().refuseOthers();
    return new StoredModel(model, training);
  }

  /** A model that was written and read answers as before: users, seeds, context. */
  @ParameterizedTest
  @MethodSource("names")
  void answersAsBefore(String name) {
    StoredModel model = trained(name);
    model.write(directory);
    StoredModel read = StoredModel.read(directory, Workers.ALONE);
    assertEquals(name, read.retriever().name());
    Candidates before = new Candidates();
    Candidates after = new Candidates();
    for (int user = 0; user < 80; user++) {
      for (Request request :
          List.of(
              Request.of(user),
              Request.of(user).excludeSeen(false),
              Request.ofSeeds(user % 60, 3),
              Request.of(user).context(TimeContext.of(40_000)))) {
        boolean timed = request.context().length > 0;
        if (timed && !name.equals("context")) {
          continue;
        }
        model.retriever().open().retrieve(request, 5, before);
        read.retriever().open().retrieve(request, 5, after);
        assertEquals(before.size(), after.size());
        for (int i = 0; i < before.size(); i++) {
          assertEquals(before.item(i), after.item(i), name + " " + request);
          assertEquals(before.score(i), after.score(i), name + " " + request);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void theSameSeedGivesTheSameBytes(String name) throws IOException {
    Path again = directory.resolve("again");
    Path first = directory.resolve("first");
    trained(name).write(first);
    trained(name).write(again);
    try (var files = Files.list(first)) {
      for (Path file : files.toList()) {
        assertArrayEquals(
            Files.readAllBytes(file),
            Files.readAllBytes(again.resolve(file.getFileName())),
            file.toString());
      }
    }
  }

  /** More rows than workers write at once, and names that need quotes or seem to. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 32_767, 32_768, 32_769, 65_536, 150_000})
  void workersWriteFeedbackAsOneRowAfterAnotherWould(int rows) throws IOException {
    String[] odd = {"a,b", "say \"so\"", "two\nlines", "two\r\nlines", "\u00fc", "7", "#8", "'9'"};
    SplittableRandom random = new SplittableRandom(rows);
    Names users = new Names();
    Names items = new Names();
    for (String name : odd) {
      users.add(name);
    }
    Feedback.Builder log = Feedback.builder(users, items);
    for (int row = 0; row < rows; row++) {
      Kind kind = KINDS.get(random.nextInt(KINDS.size()));
      int user = random.nextInt(odd.length);
      long time = rows % 2 == 0 ? random.nextInt() : Feedback.NO_TIME;
      log.add(user, items.add("" + random.nextInt(99)), (float) random.nextGaussian(), time, kind);
    }
    Feedback all = log.build();
    Path plain = directory.resolve("plain.csv");
    try (CsvFile csv = new CsvFile(plain, "user,item,value,kind" + (all.timed() ? ",time" : ""))) {
      for (int row = 0; row < rows; row++) {
        String user = users.get(all.user(row));
        String item = items.get(all.item(row));
        if (all.timed()) {
          csv.row(user, item, all.value(row), all.kind(row).word(), all.time(row));
        } else {
          csv.row(user, item, all.value(row), all.kind(row).word());
        }
      }
      csv.commit();
    }
    for (Workers team : List.of(Workers.ALONE, THREE)) {
      Path file = directory.resolve("feedback.csv");
      try (CsvFile csv = StoredModel.log(file, all, team)) {
        csv.commit();
      }
      assertEquals(-1, Files.mismatch(plain, file), team.threads() + " threads");
    }
    if (rows > 0) {
      Feedback read =
          FeedbackFiles.read(List.of(plain.toString()), null, new Names(), new Names(), THREE);
      assertEquals(rows, read.size());
      for (int row = 0; row < rows; row++) {
        assertEquals(users.get(all.user(row)), read.users().get(read.user(row)));
        assertEquals(items.get(all.item(row)), read.items().get(read.item(row)));
        assertEquals(all.value(row), read.value(row));
        assertEquals(all.time(row), read.time(row));
        assertEquals(all.kind(row), read.kind(row));
      }
    }
  }

  /** A write that fails, on a full disk say, leaves the earlier model rather than half of two. */
  @Test
  void anEarlierModelStaysWhereAWriteFails() throws IOException {
    StoredModel popular = trained("popular");
    popular.write(directory);
    Files.createDirectory(directory.resolve("items.npy"));
    assertThrows(InputException.class, () -> trained("als").write(directory));
    assertEquals("popular", StoredModel.read(directory, Workers.ALONE).retriever().name());
    try (Stream<Path> files = Files.list(directory)) {
      assertEquals(
          List.of("feedback.csv", "items.csv", "items.npy", "model.json", "users.csv"),
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> !name.endsWith("-features.csv"))
              .sorted()
              .toList());
    }
  }

  /** Ids without their last lines would stand for other vectors, and feedback for less history. */
  @ParameterizedTest
  @ValueSource(strings = {"users.csv", "items.csv", "feedback.csv"})
  void aFileThatWasCopiedInPartIsNamed(String name) throws IOException {
    trained("als").write(directory);
    Path file = directory.resolve(name);
    List<String> lines = Files.readAllLines(file);
    Files.write(file, lines.subList(0, lines.size() - 1));
    String complaint = complaint(directory);
    assertTrue(complaint.startsWith(file + ": has "), complaint);
    assertTrue(complaint.contains(", but the model has "), complaint);
  }

  @Test
  void aFileOfAnotherModelIsNamed() throws IOException {
    trained("als").write(directory);
    Path file = directory.resolve("feedback.csv");
    Files.writeString(file, Files.readString(file).replace("u1,", "somebody,"));
    assertEquals(file + ": has 81 users, but the model has 80", complaint(directory));
  }

  @Test
  void whatIsBrokenIsNamed() throws IOException {
    Path empty = Files.createDirectory(directory.resolve("empty"));
    assertTrue(complaint(empty).endsWith("holds no model: model.json is missing"));
    trained("als").write(directory);
    Files.writeString(
        directory.resolve("items.csv"), "extra\n", java.nio.file.StandardOpenOption.APPEND);
    assertTrue(
        complaint(directory).endsWith("items.csv: has 61 ids, but the model has 60"),
        complaint(directory));
    Files.writeString(directory.resolve("model.json"), "{\"model\": \"oracle\"}");
    assertTrue(complaint(directory).contains("'oracle' is not one of als, bpr, "));
    Files.writeString(directory.resolve("model.json"), "{\"model\": \"two-tower\"}");
    assertTrue(complaint(directory).contains("two-tower needs PyTorch"), complaint(directory));
    Files.writeString(directory.resolve("model.json"), "{");
    assertTrue(complaint(directory).contains("is not JSON"));
  }

  private static String complaint(Path model) {
    return assertThrows(InputException.class, () -> StoredModel.read(model, Workers.ALONE))
        .getMessage();
  }
}
