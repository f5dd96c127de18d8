package dev.slate.bench.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slate.bench.results.BadInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SharesTest {
  @ParameterizedTest
  @CsvSource({
    "0.05, 0.05",
    "5%, 0.05",
    "0, 0",
    "0%, 0",
    "250%, 2.5",
    "100%, 1",
    "0.999, 0.999",
    "1e-3, 0.001"
  })
  void aShareIsANumberOrAPercentage(String text, double share) {
    assertEquals(share, Shares.parse("--min-effect", text), 1e-15);
  }

  @ParameterizedTest
  @CsvSource({
    "x, 'is not a number or a percentage'",
    "%, 'is not a number or a percentage'",
    "5, 'a share without % is below 1, but it is 5; write 5%'",
    "1, 'a share without % is below 1, but it is 1; write 1%'",
    "-0.1, 'must be at least 0, but it is -0.1'",
    "-1e-9%, 'must be at least 0, but it is -1e-9%'",
    "NaN, 'must be at least 0, but it is NaN'",
    "Infinity, 'must be at least 0, but it is Infinity'",
  })
  void whatIsNoneIsRefused(String text, String problem) {
    BadInputException e =
        assertThrows(BadInputException.class, () -> Shares.parse("--min-effect", text));
    String message = String.valueOf(e.getMessage());
    assertTrue(message.startsWith("--min-effect: ") && message.endsWith(problem), message);
  }

  @Test
  void betweenNothingAndAll() {
    assertEquals(0.01, Shares.between("--alpha", "1%"), 1e-15);
    for (String text : new String[] {"0", "100%", "200%"}) {
      BadInputException e =
          assertThrows(BadInputException.class, () -> Shares.between("--alpha", text));
      assertEquals("--alpha: must be above 0 and below 1, but it is " + text, e.getMessage());
    }
    assertEquals(Double.MIN_VALUE, Shares.between("--alpha", "4.9e-324"));
    assertEquals(Math.nextDown(1.0), Shares.between("--alpha", "" + Math.nextDown(1.0)));
  }
}
