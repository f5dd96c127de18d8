package dev.slate.maven;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugin.logging.SystemStreamLog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompareMojoTest {
  @TempDir private Path folder;
  private final List<String> said = new ArrayList<>();

  @Test
  void equalResultsPass() throws Exception {
    mojo(results("a.json", 24), results("b.json", 24)).execute();
    assertTrue(said.contains("2 pass"), said::toString);
  }

  @Test
  void aRegressionFailsTheBuild() throws Exception {
    CompareMojo mojo = mojo(results("a.json", 24), results("b.json", 40));
    MojoFailureException failure = assertThrows(MojoFailureException.class, mojo::execute);
    assertEquals("a benchmark regressed", failure.getMessage());
  }

  @Test
  void anUndecidedRowFailsTheBuildIfAsked() throws Exception {
    Path none = results("c.json", 24);
    Files.writeString(none, Files.readString(none).replace("a.B.c", "a.B.d"));
    CompareMojo mojo = mojo(results("a.json", 24), none);
    mojo.execute();
    assertTrue(said.getLast().contains("-Dslate.strict would fail the build"), said::toString);
    set(mojo, "strict", true);
    assertThrows(MojoFailureException.class, mojo::execute);
  }

  @Test
  void badInputIsAnErrorOfOneLine() throws Exception {
    CompareMojo mojo = mojo(folder.resolve("no.json"), results("b.json", 24));
    MojoExecutionException failure = assertThrows(MojoExecutionException.class, mojo::execute);
    assertEquals(folder.resolve("no.json") + ": no such file", failure.getMessage());
    set(mojo, "alpha", "2");
    failure = assertThrows(MojoExecutionException.class, mojo::execute);
    assertEquals(
        "-Dslate.alpha: a share without % is below 1, but it is 2; write 2%", failure.getMessage());
  }

  @Test
  void notesSayWhereAnOptionGoes() throws Exception {
    Path other = results("b.json", 24);
    Files.writeString(
        other, Files.readString(other).replace("\"mode\"", "\"jvmArgs\": [\"-Xa\"], \"mode\""));
    mojo(results("a.json", 24), other).execute();
    String report = String.join(" ", said).replaceAll("\\s+", " ");
    assertTrue(
        report.contains("compares all the same; -Dslate.options takes --across-jvms"), report);
  }

  @Test
  void parametersReachTheCommand() throws Exception {
    CompareMojo mojo = mojo(results("a.json", 24), results("b.json", 40));
    set(mojo, "benchmarks", "none");
    MojoExecutionException failure = assertThrows(MojoExecutionException.class, mojo::execute);
    assertTrue(failure.getMessage().contains("no row is left"), failure::getMessage);
    set(mojo, "benchmarks", "B");
    set(mojo, "options", List.of("--only", "measured"));
    mojo.execute();
    set(mojo, "minEffect", "x");
    failure = assertThrows(MojoExecutionException.class, mojo::execute);
    assertTrue(failure.getMessage().startsWith("-Dslate.minEffect: 'x'"), failure::getMessage);
  }

  private CompareMojo mojo(Path base, Path candidate) throws ReflectiveOperationException {
    CompareMojo mojo = new CompareMojo();
    mojo.setLog(
        new SystemStreamLog() {
          @Override
          public void info(CharSequence line) {
            said.add(line.toString());
          }

          @Override
          public void warn(CharSequence line) {
            said.add(line.toString());
          }
        });
    set(mojo, "base", base.toString());
    set(mojo, "candidate", candidate.toString());
    return mojo;
  }

  /** As Maven does. */
  private static void set(CommandMojo mojo, String name, Object value)
      throws ReflectiveOperationException {
    Class<?> type = mojo.getClass();
    Field field;
    try {
      field = type.getDeclaredField(name);
    } catch (NoSuchFieldException e) {
      field = type.getSuperclass().getDeclaredField(name);
    }
    field.setAccessible(true);
    field.set(mojo, value);
  }

  private Path results(String name, double bytes) throws IOException {
    StringBuilder forks = new StringBuilder();
    for (int i = 0; i < 10; i++) {
      forks.append(i == 0 ? "" : ",").append("[").append(100 + 0.01 * i).append("]");
    }
    return Files.writeString(
        folder.resolve(name),
        """
        [{"benchmark": "a.B.c", "mode": "avgt", "primaryMetric":
          {"score": 1, "scoreUnit": "us/op", "rawData": [%s]},
          "secondaryMetrics": {"gc.alloc.rate.norm":
          {"score": 1, "scoreUnit": "B/op", "rawData": [[%s], [%s]]}}}]"""
            .formatted(forks, bytes, bytes));
  }
}
