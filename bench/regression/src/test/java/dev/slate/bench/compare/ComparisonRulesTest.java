package dev.slate.bench.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** The figures that decide, and that help and pages name. */
class ComparisonRulesTest {
  @Test
  void theRulesAreThoseThatTheHelpNames() {
    assertEquals(
        new ComparisonRules(0.01, 0.05, 0.95, 1, ForkSpread.stated(0.03)), ComparisonRules.DEFAULT);
    ComparisonOptions options = new ComparisonOptions();
    new CommandLine(options).parseArgs();
    assertEquals(ComparisonRules.DEFAULT, options.rules());
  }

  @Test
  void everyOptionSetsItsRule() {
    ComparisonOptions options = new ComparisonOptions();
    new CommandLine(options)
        .parseArgs(
            "--alpha=0.02", "--min-effect=7%", "--confidence=90%", "--seed=9", "--fork-spread=4%");
    assertEquals(new ComparisonRules(0.02, 0.07, 0.9, 9, ForkSpread.stated(0.04)), options.rules());
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0.05, 0.95, 0.03",
    "1, 0.05, 0.95, 0.03",
    "0.01, -1, 0.95, 0.03",
    "0.01, 0.05, 1, 0.03",
    "0.01, 0.05, 0, 0.03",
    "0.01, 0.05, 0.95, 0",
    "0.01, 0.05, 0.95, 1"
  })
  void whatIsOutOfRangeIsRefused(double alpha, double floor, double confidence, double spread) {
    assertThrows(
        IllegalArgumentException.class,
        () -> new ComparisonRules(alpha, floor, confidence, 1, ForkSpread.stated(spread)));
  }
}
