package dev.slate.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the commands of the regression part refuse, as the root of the command line says it. */
class RegressionCommandsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          compare a b --format xml | --format: 'xml' is none of text, md, json, github-smaller, github-bigger
          compare a b --only times | --only: 'times' is none of measured, deterministic
          compare a b --alpha 2    | --alpha: a share without % is below 1, but it is 2; write 2%
          compare a b              | a: no such file
          gate --baseline a --project /no/folder | --project: /no/folder is no directory
          history show --max-p 1   | --max-p: must be above 0 and below 1, but it is 1.0
          """)
  void badInputIsOneLineAndTwo(String command, String message) {
    StringWriter err = new StringWriter();
    int code = Main.commandLine().setErr(new PrintWriter(err, true)).execute(command.split(" "));
    assertEquals(2, code);
    assertEquals("slate: " + message + "\n", err.toString());
  }
}
