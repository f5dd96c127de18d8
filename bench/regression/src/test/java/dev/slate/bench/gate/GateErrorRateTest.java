package dev.slate.bench.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slate.bench.compare.ComparisonRules;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * How often a whole run of the gate is wrong, over runs on {@linkplain SyntheticHarness machines of
 * paper} whose truth is known: three benchmarks, a budget of ten minutes. A fork takes two seconds,
 * and its speed is one of two modes four percent apart, times noise.
 */
class GateErrorRateTest {
  private static final int FEW = 50;
  private static final int MANY = 2000;
  private static final int PASS = 0;
  private static final int REGRESSED = 3;

  @Test
  void equalCodeRarelyFails() {
    equalCodeRarelyFails(FEW);
  }

  @Test
  @Tag("soak")
  void equalCodeRarelyFailsInThousands() {
    equalCodeRarelyFails(MANY);
  }

  @Test
  void aSlowdownIsFound() {
    aSlowdownIsFound(FEW);
  }

  @Test
  @Tag("soak")
  void aSlowdownIsFoundInThousands() {
    aSlowdownIsFound(MANY);
  }

  /** Four turns of nine: no time is left for a second round. */
  @Test
  void equalCodeRarelyFailsInAShortTime() {
    equalCodeRarelyFailsInAShortTime(75, FEW);
  }

  @Tag("soak")
  @ParameterizedTest
  @ValueSource(ints = {60, 75, 90, 120, 150, 180, 240})
  void equalCodeRarelyFailsInAShortTimeInThousands(int seconds) {
    equalCodeRarelyFailsInAShortTime(seconds, MANY);
  }

  @Test
  void aDoublingIsFoundInAShortTime() {
    Map<Integer, Long> codes =
        exitCodes(FEW, Duration.ofSeconds(80), harness -> harness.slowdown.put("a.B.d", 2.0));
    assertTrue(codes.getOrDefault(REGRESSED, 0L) >= 0.95 * FEW, codes::toString);
  }

  private static void equalCodeRarelyFailsInAShortTime(int seconds, int runs) {
    Duration budget = Duration.ofSeconds(seconds);
    Map<String, Consumer<SyntheticHarness>> worlds =
        Map.of(
            "drift", harness -> harness.driftAnHour = 0.5,
            "slow spells of 30 %", harness -> harness.spells = 0.15,
            "noise of 5 and 10 %",
                harness -> {
                  harness.noise.put("a.B.c", 0.05);
                  harness.noise.put("a.B.d", 0.10);
                },
            "noise of 20 %", harness -> harness.noise.put("a.B.c", 0.20),
            "two speeds 50 % apart", harness -> harness.slowMode = 1.5);
    worlds.forEach(
        (name, world) -> {
          Map<Integer, Long> codes = exitCodes(runs, budget, world);
          System.out.println("gate, A/A in " + seconds + " s with " + name + ": " + codes);
          assertTrue(codes.getOrDefault(REGRESSED, 0L) <= Math.max(1, 0.01 * runs), name + codes);
        });
  }

  private static void equalCodeRarelyFails(int runs) {
    Map<Integer, Long> quiet = exitCodes(runs, harness -> harness.driftAnHour = 0.5);
    Map<Integer, Long> noisy =
        exitCodes(
            runs,
            harness -> {
              harness.noise.put("a.B.c", 0.05);
              harness.noise.put("a.B.d", 0.10);
            });
    Map<Integer, Long> uneven = exitCodes(runs, harness -> harness.spells = 0.15);
    System.out.println("gate, A/A, exit codes: " + quiet);
    System.out.println("gate, A/A with slow spells of 30 %: " + uneven);
    System.out.println("gate, A/A with noise of 5 and 10 %: " + noisy);
    assertTrue(quiet.getOrDefault(REGRESSED, 0L) <= 0.02 * runs, quiet::toString);
    assertTrue(noisy.getOrDefault(REGRESSED, 0L) <= 0.02 * runs, noisy::toString);
    assertTrue(uneven.getOrDefault(REGRESSED, 0L) <= 0.02 * runs, uneven::toString);
    assertTrue(quiet.getOrDefault(PASS, 0L) >= 0.95 * runs, quiet::toString);
    assertTrue(uneven.getOrDefault(PASS, 0L) >= 0.95 * runs, uneven::toString);
  }

  private static void aSlowdownIsFound(int runs) {
    Map<Integer, Long> ten = exitCodes(runs, harness -> harness.slowdown.put("a.B.d", 1.10));
    Map<Integer, Long> uneven =
        exitCodes(
            runs,
            harness -> {
              harness.slowdown.put("a.B.d", 1.10);
              harness.spells = 0.15;
            });
    Map<Integer, Long> fifteen =
        exitCodes(
            runs,
            harness -> {
              harness.slowdown.put("a.B.d", 1.15);
              harness.noise.put("a.B.d", 0.07);
            });
    System.out.println("gate, 10 % slower, exit codes: " + ten);
    System.out.println("gate, 10 % slower amid slow spells of 30 %: " + uneven);
    System.out.println("gate, 15 % slower with noise of 7 %: " + fifteen);
    assertTrue(ten.getOrDefault(REGRESSED, 0L) >= 0.95 * runs, ten::toString);
    assertTrue(uneven.getOrDefault(REGRESSED, 0L) >= 0.95 * runs, uneven::toString);
    assertTrue(fifteen.getOrDefault(REGRESSED, 0L) >= 0.95 * runs, fifteen::toString);
  }

  private static Map<Integer, Long> exitCodes(int runs, Consumer<SyntheticHarness> world) {
    return exitCodes(runs, Duration.ofMinutes(10), world);
  }

  private static Map<Integer, Long> exitCodes(
      int runs, Duration budget, Consumer<SyntheticHarness> world) {
    Map<Integer, Long> codes =
        LongStream.range(0, runs)
            .parallel()
            .mapToObj(seed -> exitCode(seed, budget, world))
            .collect(Collectors.groupingBy(code -> code, TreeMap::new, Collectors.counting()));
    assertEquals(runs, codes.values().stream().mapToLong(Long::longValue).sum());
    return codes;
  }

  private static int exitCode(long seed, Duration budget, Consumer<SyntheticHarness> world) {
    SyntheticHarness harness = new SyntheticHarness(seed, "a.B.c", "a.B.d", "a.B.e");
    world.accept(harness);
    Clock clock = new Clock(budget, harness::nanos);
    PrintWriter nowhere =
        new PrintWriter(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    Gate gate =
        new Gate(
            harness,
            ComparisonRules.DEFAULT,
            rows -> rows,
            IterationTime.AUTO,
            clock,
            new GateProgress(nowhere, false, clock));
    return gate.run().comparison().exitCode();
  }
}
