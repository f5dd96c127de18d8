package dev.slate.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class MainTest {
  private final StringWriter err = new StringWriter();
  private final CommandLine slate = Main.commandLine().setErr(new PrintWriter(err, true));

  @Test
  void anUnknownOptionIsOneLineAndTwo() {
    assertEquals(2, slate.execute("--no-such-option"));
    assertEquals(1, err.toString().lines().count());
    assertTrue(err.toString().startsWith("slate: "), err::toString);
  }
}
