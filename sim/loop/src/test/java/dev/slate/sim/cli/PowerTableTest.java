package dev.slate.sim.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.slate.sim.audit.AuditPower.Point;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class PowerTableTest {
  @Test
  void aLineIsACurveOverCopies() {
    StringWriter text = new StringWriter();
    PowerTable.print(
        List.of(
            new Point(1, 0, 1, 0, 0),
            new Point(3_000, 0, 1, 1, 0.1),
            new Point(3_000, 0.3, 100, 0.5, 0)),
        10,
        new PrintWriter(text));
    assertEquals(
        """
        share of 10 catalogues in which the attacker is named, in %

        accounts  jitter  copies:      1   3000
               1     0.0               0    100
             100     0.3                     50

        Somebody else is named in 10 % at most.
        """,
        text.toString().replace(System.lineSeparator(), "\n"));
  }
}
