package dev.slate.data.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimesTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0.00 µs",
    "2.724, 2.72 µs",
    "9.996, 10.0 µs",
    "99.96, 100 µs",
    "999.4, 999 µs",
    "999.6, 1.00 ms",
    "31400, 31.4 ms",
    "999600, 1.00 s",
    "180e6, 180 s"
  })
  void haveThreeDigits(double micros, String text) {
    assertEquals(text, Times.text(micros));
  }
}
