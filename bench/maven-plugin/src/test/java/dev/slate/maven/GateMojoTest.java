package dev.slate.maven;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.File;
import java.lang.reflect.Field;
import java.util.List;
import org.apache.maven.plugin.MojoExecutionException;
import org.junit.jupiter.api.Test;

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
    assertEquals("--baseline: missing", missing.getMessage());
  }
}
