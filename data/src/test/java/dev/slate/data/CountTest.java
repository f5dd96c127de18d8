package dev.slate.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CountTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "500, 500",
    "10k, 10000",
    "10K, 10000",
    "10m, 10000000",
    "2.5m, 2500000",
    "0.001k, 1",
    "2147m, 2147000000",
    "2147483647, 2147483647",
  })
  void parses(String text, int count) {
    assertEquals(count, Count.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "k", "-1", "1.5", "1.2345k", "1g", "2148m", "99999999999", "1 k", "1e3"})
  void refuses(String text) {
    assertThrows(IllegalArgumentException.class, () -> Count.parse(text));
  }
}
