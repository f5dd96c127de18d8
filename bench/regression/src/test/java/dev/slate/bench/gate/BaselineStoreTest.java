package dev.slate.bench.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slate.bench.CommandRun;
import dev.slate.bench.provenance.MachineFacts;
import dev.slate.bench.results.BadInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BaselineStoreTest {
  @TempDir private Path folder;

  @Test
  void aFolderKeepsIt() throws IOException {
    Path where = folder.resolve("a/b");
    BaselineStore store = new BaselineStore(where.toString(), folder);
    JsonNode runs = new ObjectMapper().readTree("[{\"benchmark\": \"a.B.c\"}]");
    store.write("main", runs);
    assertEquals(runs, store.read().runs());
    assertEquals("main", store.read().name());
    assertEquals(MachineFacts.fingerprint(), store.read().machine());
  }

  @Test
  void aRefOfTheRepositoryKeepsItAndTravels() throws IOException, InterruptedException {
    Path project = Files.createDirectory(folder.resolve("project"));
    Files.writeString(project.resolve("file"), "");
    Repository repository = Repository.of(project);
    JsonNode runs = new ObjectMapper().readTree("[{\"benchmark\": \"a.B.c\"}]");
    BaselineStore store = new BaselineStore(BaselineStore.DEFAULT, project);
    store.write("main", runs);
    store.write("main", runs);
    assertEquals(runs, store.read().runs());
    assertEquals("", repository.git("status", "--short"));
    Path other = Files.createDirectory(folder.resolve("other"));
    Repository fetched = new Repository(other);
    fetched.git("init", "-q");
    fetched.git("fetch", "-q", project.toString(), BaselineStore.DEFAULT + ":refs/slate/baseline");
    assertEquals(runs, new BaselineStore(BaselineStore.DEFAULT, other).read().runs());
  }

  @Test
  void anotherMachineIsRefused() throws IOException {
    BaselineStore store = new BaselineStore(folder.toString(), folder);
    store.write("main", new ObjectMapper().createArrayNode());
    Path file = folder.resolve("baseline.json");
    Files.writeString(
        file, Files.readString(file).replace(MachineFacts.fingerprint(), "Another CPU, 64 cores"));
    BadInputException refused = assertThrows(BadInputException.class, store::read);
    assertTrue(
        refused
            .getMessage()
            .startsWith(folder + ": was measured on another machine (Another CPU, 64 cores, here "),
        refused::getMessage);
  }

  @Test
  void nothingAndDamageAreNamed() throws IOException, InterruptedException {
    BaselineStore store = new BaselineStore(folder.toString(), folder);
    String none = ": holds no baseline; slate gate --store-baseline makes one";
    assertEquals(folder + none, assertThrows(BadInputException.class, store::read).getMessage());
    new Repository(folder).git("init", "-q");
    BaselineStore ref = new BaselineStore(BaselineStore.DEFAULT, folder);
    assertEquals(
        BaselineStore.DEFAULT + none,
        assertThrows(BadInputException.class, ref::read).getMessage());
    Files.writeString(folder.resolve("baseline.json"), "{");
    assertEquals(
        folder + ": is damaged: not JSON",
        assertThrows(BadInputException.class, store::read).getMessage());
    Files.writeString(folder.resolve("baseline.json"), "{}");
    assertEquals(
        folder + ": is no baseline that this version of Slate stored",
        assertThrows(BadInputException.class, store::read).getMessage());
  }

  /** Real forks, as short as they can be. */
  @Test
  void theCandidateIsComparedWithWhatWasStored() throws IOException {
    Path base = FixtureJar.build(folder.resolve("base.jar"), 20, false);
    Path fat = FixtureJar.build(folder.resolve("fat.jar"), 20, true);
    String[] common = {
      "--store",
      folder.resolve("kept").toString(),
      "--only",
      "deterministic",
      "--iteration-time",
      "10ms",
      "--turns",
      "forks",
      "--jvm-args",
      FixtureJar.SHORT,
      "--java",
      FixtureJar.java(folder).toString()
    };
    CommandRun stored = run(common, "--store-baseline", "--candidate", base.toString());
    assertEquals(0, stored.exitCode(), stored::toString);
    assertTrue(stored.lastLine().contains("stored 1 row of " + base), stored::err);
    CommandRun worse = run(common, "--baseline", "stored", "--candidate", fat.toString());
    assertEquals(3, worse.exitCode(), worse::toString);
    assertTrue(worse.out().contains("regressed     B/op"), worse::out);
    assertTrue(worse.out().contains("note: the baseline was measured before"), worse::out);
  }

  @Test
  void aBaselineIsNeededUnlessOneIsStored() {
    assertEquals("--baseline: missing", run(new String[0]).lastLine());
    assertEquals(
        "--baseline: not with --store-baseline, which makes one",
        run(new String[0], "--store-baseline", "--baseline", "main").lastLine());
  }

  private static CommandRun run(String[] common, String... more) {
    String[] all = Arrays.copyOf(more, more.length + common.length);
    System.arraycopy(common, 0, all, more.length, common.length);
    return CommandRun.of(new GateCommand(), all);
  }
}
