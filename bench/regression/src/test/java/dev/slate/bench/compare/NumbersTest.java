package dev.slate.bench.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumbersTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0", "12.344, 12.34", "0.0123449, 0.01234", "9999.4, 9999", "14021331, 14.02M",
        "99999, 100k",
    "1.2e-7, 1.2e-7", "3e19, 3.0e19", "NaN, ''", "-24, -24", "999950, 1M", "10000, 10k"
  })
  void valuesHaveFourDigits(double value, String text) {
    assertEquals(text, Numbers.value(value));
  }

  @ParameterizedTest
  @CsvSource({"0.1, +10.0%", "-0.0001, +0.0%", "2.5, +250%", "Infinity, from 0", "NaN, ''"})
  void changesHaveASign(double share, String text) {
    assertEquals(text, Numbers.change(share));
  }

  @ParameterizedTest
  @CsvSource({"0.05, 5%", "0.025, 2.5%", "Infinity, ∞", "0.1234, 12.3%"})
  void percentagesAreShort(double share, String text) {
    assertEquals(text, Numbers.percent(share));
  }

  @Property
  void anyValueFitsItsColumn(@ForAll double value) {
    assertTrue(Numbers.value(value).length() <= 8, () -> Numbers.value(value));
  }
}
