package dev.slate.bench.planner;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slate.data.Distribution;
import dev.slate.data.InputException;
import dev.slate.kernel.Metric;
import dev.slate.kernel.Plan;
import dev.slate.kernel.Strategy;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The table of regrets: its figures by hand, its file, and the command on small cells. */
class RegretTest {
  private static final List<String> STRATEGIES = List.of("scan", "tree");

  private static final TurnTimer BRIEF = new TurnTimer(2, 1_000_000, 1_000_000, System::nanoTime);

  @TempDir Path directory;

  private static RegretRow row(int k, double scan, double tree, double chosenMicros) {
    RegretCell cell = new RegretCell(Distribution.LOWRANK, 1000, 8, Metric.COSINE, k);
    return new RegretRow(cell, "scan", Map.of("scan", scan, "tree", tree), chosenMicros, 100, 90);
  }

  private static RegretRow built(int k, double plannedMillis, double buildMillis) {
    RegretCell cell = new RegretCell(Distribution.LOWRANK, 1000, 8, Metric.COSINE, k);
    return new RegretRow(
        cell, "scan", Map.of("scan", 1.0, "tree", 2.0), 1, plannedMillis, buildMillis);
  }

  @Test
  void overheadIsWhatPlanningAddsToTheBuild() {
    assertEquals(0.5, built(1, 90, 60).overhead());
    assertEquals(30, built(1, 90, 60).overheadMillis());
    assertEquals(0, built(1, 59, 60).overheadMillis(), "no less than nothing");
    List<RegretRow> rows =
        List.of(built(1, 39, 10), built(2, 41, 10), built(3, 500, 400), built(4, 510, 400));
    assertEquals(0.5, RegretSummary.cheap(rows), "30 ms or a quarter");
    List<String> lines = RegretSummary.render(rows).lines().toList();
    assertEquals("planning adds at most 25 % or 30 ms to the build: 50.0 %", lines.get(9));
    String cell = ": lowrank, n = 1000, d = 8, cosine, k = ";
    assertEquals("  110 ms beside a build of 400.0 ms" + cell + "4: scan", lines.get(11));
    assertEquals("  31 ms beside a build of 10.0 ms" + cell + "2: scan", lines.get(12));
    assertEquals(13, lines.size(), "those within the limits are not listed");
  }

  @Test
  void regretIsTheChosenTimeOverTheLeast() {
    assertEquals(2, row(1, 40, 20, 40).regret());
    assertEquals("tree", row(1, 40, 20, 40).fastest());
    assertEquals(1, row(1, 40, 50, 39).regret(), "no less than the fastest");
  }

  @Test
  void sharesAndWorstCells() {
    List<RegretRow> rows =
        List.of(row(1, 20, 40, 20), row(2, 24, 20, 24), row(3, 29, 20, 29), row(4, 80, 20, 80));
    assertEquals(0.5, RegretSummary.within(rows, 1.25));
    assertEquals(0.75, RegretSummary.within(rows, 1.5));
    List<String> lines = RegretSummary.render(rows).lines().toList();
    assertEquals("4 cells", lines.get(0));
    assertEquals("within 1.25 x of the fastest: 50.0 %", lines.get(1));
    assertEquals("within 1.50 x of the fastest: 75.0 %", lines.get(2));
    assertEquals("within 3.00 x of the fastest: 75.0 %", lines.get(3));
    assertEquals(
        "  4.00 x: lowrank, n = 1000, d = 8, cosine, k = 4: scan in place of tree", lines.get(5));
  }

  @Test
  void cellsOfTheSameItemsFollowEachOther() {
    List<RegretCell> cells =
        RegretCell.all(
            List.of(Distribution.UNIFORM, Distribution.MEMOTION),
            List.of(10, 20),
            List.of(2, 3),
            List.of(Metric.DOT, Metric.EUCLIDEAN),
            List.of(1, 5));
    assertEquals(2 * 2 * 2 * 2 + 2 * 2 * 2, cells.size(), "memotion has one d");
    assertTrue(cells.get(0).sharesIndexes(cells.get(1)));
    assertFalse(cells.get(1).sharesIndexes(cells.get(2)), "another metric");
    assertFalse(cells.get(0).sharesIndexes(cells.get(4)), "another d");
  }

  @Test
  void aTableIsGoneOnWith() throws IOException {
    Path file = directory.resolve("table.csv");
    RegretFile first = new RegretFile(file, "build a", STRATEGIES);
    first.add(row(1, 40, 20, 40));
    first.add(row(2, 20.5, 21, 20.5));
    RegretFile again = new RegretFile(file, "build a", STRATEGIES);
    assertEquals(first.rows(), again.rows());
    assertTrue(again.has(row(1, 1, 1, 1).cell()));
    assertFalse(again.has(row(3, 1, 1, 1).cell()));
    assertEquals(
        "distribution,n,d,metric,k,fastest,chosen,scan_us,tree_us,chosen_us,regret,planned_build_ms,build_ms,build",
        Files.readAllLines(file).getFirst());
    InputException other =
        assertThrows(InputException.class, () -> new RegretFile(file, "build b", STRATEGIES));
    assertTrue(String.valueOf(other.getMessage()).contains("is of another build"));
    Files.writeString(file, "build,a\nbuild a,b\n");
    InputException torn =
        assertThrows(InputException.class, () -> new RegretFile(file, "build a", STRATEGIES));
    assertTrue(String.valueOf(torn.getMessage()).contains("is no table of regrets"));
  }

  @Test
  void whatCanNeverBeATableIsRefusedBeforeAnythingIsMeasured() throws IOException {
    refuses(directory, "is a directory");
    refuses(directory.resolve("missing/table.csv"), "its directory does not exist");
    Path line = Files.writeString(directory.resolve("notes.txt"), "one line\n");
    refuses(line, "is no table of regrets");
    byte[] bytes = {(byte) 0xff, '\n', (byte) 0xfe, '"', 1};
    refuses(Files.write(directory.resolve("binary.csv"), bytes), "is no table of regrets");
    Path empty = Files.createFile(directory.resolve("empty.csv"));
    assertEquals(List.of(), new RegretFile(empty, "build a", STRATEGIES).rows());
  }

  private static void refuses(Path file, String reason) {
    InputException e =
        assertThrows(InputException.class, () -> new RegretFile(file, "build a", STRATEGIES));
    assertTrue(String.valueOf(e.getMessage()).contains(reason), e::getMessage);
  }

  /** On a clock that only operations move: one takes 2 us, the other 5, now and then 90. */
  @Test
  void mediansAreThoseOfTheSlices() {
    long[] now = {0};
    int[] count = {0};
    TurnTimer timer = new TurnTimer(3, 1_000_000, 10_000, () -> now[0]);
    double[] medians =
        timer.medians(
            List.of(() -> now[0] += 2_000, () -> now[0] += count[0]++ % 10 == 0 ? 90_000 : 5_000));
    assertArrayEquals(new double[] {2, 5}, medians);
  }

  /** One run warms up; a measurement takes eight, every other of which is timed. */
  @Test
  void aMeasurementWhoseHalvesDisagreeIsRepeatedAtMostTwice() {
    assertEquals(5, measuredWith(run -> 5_000));
    assertEquals(1 + 8, runs, "steady: the first one counts");
    assertEquals(5, measuredWith(run -> run < 5 ? 50_000 : 5_000));
    assertEquals(1 + 2 * 8, runs, "the compiler took half of the first one");
    int[] halves = {50_000, 5_000, 20_000, 10_000, 50_000, 5_000};
    assertEquals(20, measuredWith(run -> halves[run == 0 ? 0 : (run - 1) / 4]));
    assertEquals(1 + 3 * 8, runs, "never steady: the one whose halves agree best");
  }

  private int runs;

  private double measuredWith(IntUnaryOperator nanos) {
    long[] now = {0};
    runs = 0;
    TurnTimer timer = new TurnTimer(4, 1, 1, () -> now[0]);
    return timer.medians(List.of(() -> now[0] += nanos.applyAsInt(runs++)))[0];
  }

  /** The first gets faster until its fourth slice, the other never settles. */
  @Test
  void warmUpEndsWhenTimesSettleOrAtItsLimit() {
    long[] now = {0};
    int[] count = {0};
    TurnTimer timer = new TurnTimer(1, 1, 1, () -> now[0]);
    Runnable faster = () -> now[0] += count[0]++ < 6 ? 1_000_000 >> count[0] : 1_000;
    timer.settle(List.of(faster), 1.1, 100);
    assertEquals(10, count[0], "a slice takes an untimed run and a timed one");
    count[0] = 0;
    Runnable restless = () -> now[0] += 10 << (count[0]++ / 2 % 2);
    timer.settle(List.of(restless), 1.1, 7);
    assertEquals(14, count[0]);
  }

  @Test
  void thePlannedIndexIsTimedAsTheOneOfTheSameStrategyAndSettings() {
    Plan scan = new Plan(Strategy.SCAN, Map.of(), List.of("a reason"));
    Plan tree = new Plan(Strategy.TREE, Map.of(), List.of());
    List<Plan> named = List.of(scan, tree);
    assertEquals(
        1, PlannedIndexes.timedAs(new Plan(Strategy.TREE, Map.of(), List.of("best")), named));
    assertEquals(
        2, PlannedIndexes.timedAs(new Plan(Strategy.TREE, Map.of("leaf", 64), List.of()), named));
    assertEquals(
        2, PlannedIndexes.timedAs(new Plan(Strategy.QUANTIZED, Map.of(), List.of()), named));
  }

  @Test
  void theCommandWritesEveryCellOnce() throws IOException {
    Path file = directory.resolve("planner.csv");
    String[] args = {
      "--quick",
      "--items",
      "300",
      "--dims",
      "3",
      "-k",
      "2,4",
      "--metric",
      "DOT",
      "--distribution",
      "UNIFORM,MEMOTION",
      "--planning",
      "ESTIMATED",
      "--out",
      file.toString()
    };
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    assertEquals(0, run(out, err, args), err::toString);
    assertEquals(5, Files.readAllLines(file).size());
    assertTrue(out.toString().startsWith("4 cells\n"), out::toString);
    assertEquals(4, err.toString().lines().count(), err::toString);
    StringWriter quiet = new StringWriter();
    assertEquals(0, run(new StringWriter(), quiet, args));
    assertEquals("", quiet.toString(), "nothing was left to measure");
  }

  private static int run(StringWriter out, StringWriter err, String... args) {
    return new CommandLine(new PlannerCommand(BRIEF, BRIEF))
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(args);
  }

  @Test
  void theFullTableHasEveryCombination() {
    PlannerCommand command = new PlannerCommand();
    assertEquals((4 * 7 + 1) * 3 * 3 * 3, command.cells().size());
  }
}
