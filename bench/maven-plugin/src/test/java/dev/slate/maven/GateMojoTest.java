package dev.slate.maven;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.logging.SystemStreamLog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GateMojoTest {
  private final GateMojo mojo = new GateMojo();

  private void set(String name, Object value) throws ReflectiveOperationException {
    Field field = GateMojo.class.getDeclaredField(name);
    field.setAccessible(true);
    field.set(mojo, value);
  }

  @Test
  void parametersReachTheCommand() throws ReflectiveOperationException {
    set("project", new File("p"));
    set("out", "target/gate");
    set("baseline", "stored");
    set("store", "kept");
    set("budget", "5m");
    assertEquals(
        List.of(
            "--baseline",
            "stored",
            "--store",
            "kept",
            "--budget",
            "5m",
            "--project",
            "p",
            "--out",
            "target/gate"),
        mojo.arguments());
  }

  @Test
  void messagesNameProperties() {
    assertEquals(
        "-Dslate.jar: none; mvn slate:gate -Dslate.storeBaseline makes one, not a--jar, --seed",
        PropertyNames.in("--jar: none; slate gate --store-baseline makes one, not a--jar, --seed"));
  }

  @Test
  void notesNameProperties() {
    assertEquals(
        "-Dbenchmarks narrows, -Dbudget lengthens",
        PropertyNames.inNote("--benchmarks narrows, --budget lengthens"));
    assertEquals(
        "--better NAME=lower says it; -Dslate.options takes --better",
        PropertyNames.inNote("--better NAME=lower says it"));
  }

  @Test
  void aSkippedGoalDoesNothing() throws Exception {
    Field skip = CommandMojo.class.getDeclaredField("skip");
    skip.setAccessible(true);
    skip.set(mojo, true);
    mojo.execute();
  }

  /** What stands in a private mirror, or was downloaded before, would else not be found. */
  @Test
  void buildsHaveTheSettingsOfThisOne(@TempDir Path folder) throws Exception {
    Path settings = Files.writeString(folder.resolve("settings.xml"), "<settings/>");
    Files.writeString(folder.resolve("mvnw"), "exit 5");
    for (String[] git :
        new String[][] {
          {"init", "-q"},
          {"add", "-A"},
          {"-c", "user.name=a", "-c", "user.email=a@b", "commit", "-q", "-m", "a"}
        }) {
      List<String> command = new ArrayList<>(List.of("git", "-C", folder.toString()));
      command.addAll(List.of(git));
      assertEquals(0, new ProcessBuilder(command).inheritIO().start().waitFor());
    }
    set("project", folder.toFile());
    set("out", "");
    set("baseline", "HEAD");
    set("userSettings", settings.toFile());
    set("localRepository", "/repository");
    set("offline", true);
    List<String> said = new ArrayList<>();
    mojo.setLog(
        new SystemStreamLog() {
          @Override
          public void info(CharSequence line) {
            said.add(line.toString());
          }
        });
    assertThrows(MojoExecutionException.class, mojo::execute);
    assertTrue(
        said.contains(
            "gate: building HEAD: sh ./mvnw -B -q -DskipTests package -s "
                + settings
                + " -Dmaven.repo.local=/repository -o"),
        said::toString);
  }

  @Test
  void aBaselineCanBeStored() throws ReflectiveOperationException {
    set("project", new File("p"));
    set("out", "");
    set("storeBaseline", true);
    assertEquals(List.of("--store-baseline", "--project", "p"), mojo.arguments());
  }

  @Test
  void whatIsMissingIsNamed() throws ReflectiveOperationException {
    set("out", "");
    MojoExecutionException missing = assertThrows(MojoExecutionException.class, mojo::execute);
    assertEquals("-Dbaseline: missing", missing.getMessage());
  }
}
