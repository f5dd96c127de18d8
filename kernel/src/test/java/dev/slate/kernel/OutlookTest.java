package dev.slate.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slate.kernel.planes.PlanesEngine;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutlookTest {
  private static final int[] WANTED = {1, 10};

  private static Outlook outlook(double[] scan, double[] tree, double[] planes) {
    return new Outlook(
        WANTED,
        List.of(
            new Outlook.Costs(Strategy.TILE, scan, false),
            new Outlook.Costs(Strategy.TREE, tree, false),
            new Outlook.Costs(Strategy.PLANES, planes, false)),
        "a guess");
  }

  private static double[] costs(double one, double ten) {
    return new double[] {one, ten};
  }

  private static List<Outlook.Costs> times(double[] tree, double[] planes) {
    return List.of(
        new Outlook.Costs(Strategy.TREE, tree, true),
        new Outlook.Costs(Strategy.PLANES, planes, true));
  }

  @Test
  void theLeastRegretDecidesWhereTheBestDependsOnTheNumberWanted() {
    Outlook outlook = outlook(costs(100, 100), costs(10, 60), costs(20, 20));
    assertEquals(Strategy.PLANES, outlook.choose().plan().strategy());
    outlook = outlook(costs(100, 100), costs(10, 30), costs(20, 20));
    assertEquals(Strategy.TREE, outlook.choose().plan().strategy());
  }

  @Test
  void whatIsNoFasterThanTheScanIsNotWorthItsBuild() {
    Outlook outlook = outlook(costs(100, 100), costs(98, 99), costs(99, 98));
    assertEquals(Strategy.TILE, outlook.choose().plan().strategy());
  }

  @Test
  void planesScanWhereThatIsFaster() {
    Outlook.Choice choice = outlook(costs(100, 100), costs(90, 90), costs(5, 150)).choose();
    assertEquals(Strategy.PLANES, choice.plan().strategy());
    assertEquals(10, choice.scanFrom());
    assertTrue(choice.tiles());
    choice = outlook(costs(100, 100), costs(90, 90), costs(5, 10)).choose();
    assertEquals(PlanesEngine.NEVER, choice.scanFrom());
    assertFalse(choice.tiles());
  }

  @Test
  void contendersAreThoseThatMayBeFaster() {
    assertEquals(
        List.of(Strategy.TREE, Strategy.PLANES),
        outlook(costs(100, 100), costs(10, 10), costs(20, 20)).contenders());
    assertEquals(
        List.of(Strategy.TREE),
        outlook(costs(100, 100), costs(10, 10), costs(60, 60)).contenders());
    assertEquals(
        List.of(Strategy.TILE, Strategy.TREE, Strategy.PLANES),
        outlook(costs(100, 100), costs(80, 80), costs(150, 150)).contenders(),
        "a scan's estimate may be wrong, too");
    assertEquals(
        List.of(Strategy.TILE),
        outlook(costs(100, 100), costs(600, 700), costs(600, 700)).contenders(),
        "planes that would answer by a scan");
  }

  @Test
  void timesOverruleEstimates() {
    Outlook outlook = outlook(costs(100, 100), costs(10, 10), costs(20, 20));
    List<Outlook.Costs> nanos = times(costs(9_000, 9_000), costs(4_000, 7_654_321));
    assertEquals(Strategy.TREE, outlook.timed(nanos).choose().plan().strategy());
    nanos = times(costs(9_000, 9_000), costs(4_000, 8_765));
    Plan plan = outlook.timed(nanos).choose().plan();
    assertEquals(Strategy.PLANES, plan.strategy());
    assertEquals(
        List.of(
            "a tree took 9 µs for k = 1, 9 µs for k = 10",
            "planes took 4 µs for k = 1, 8.77 µs for k = 10",
            "timed, since they were near each other as a guess"),
        plan.reasons());
  }

  /** One is not compiled yet, or none is. */
  @Test
  void timesThatEstimatesDoNotExplainAreNoticed() {
    Outlook outlook = outlook(costs(100_000, 100_000), costs(9_000, 9_000), costs(9_000, 9_000));
    assertTrue(outlook.explains(times(costs(900, 900), costs(400, 3_000)), 0.1));
    assertFalse(outlook.explains(times(costs(900, 900), costs(400, 200)), 0.1));
    assertFalse(outlook.explains(times(costs(9_000, 9_000), costs(4_000, 4_000)), 0.1));
  }

  /** The scan that was not timed is known in units of the tree and the planes that were. */
  @Test
  void estimatesAreBroughtToTheUnitOfTimes() {
    Outlook outlook = outlook(costs(40, 20), costs(10, 10), costs(20, 20));
    List<Outlook.Costs> nanos = times(costs(5_000, 9_000), costs(1_500, 4_000));
    Outlook.Choice choice = outlook.timed(nanos).choose();
    assertEquals(Strategy.PLANES, choice.plan().strategy());
    assertEquals(PlanesEngine.NEVER, choice.scanFrom());
    nanos = times(costs(5_000, 90_000), costs(1_500, 400_000));
    assertEquals(10, outlook.timed(nanos).choose().scanFrom());
  }

  @Test
  void onlyWhatWasTimedIsChosen() {
    Outlook outlook = outlook(costs(5, 5), costs(10, 10), costs(20, 20));
    List<Outlook.Costs> tree = times(costs(70, 70), costs(0, 0)).subList(0, 1);
    assertEquals(Strategy.TILE, outlook.choose().plan().strategy());
    assertEquals(Strategy.TREE, outlook.timed(tree).choose().plan().strategy());
  }

  @Test
  void sharesOfAScanAreTold() {
    Plan plan = outlook(costs(100, 100), costs(10, 12.34), costs(2_345, 50)).choose().plan();
    assertEquals(
        List.of(
            "a tree would cost 10 % of a scan for k = 1, 12.3 % for k = 10",
            "planes would cost 2350 % of a scan for k = 1, 50 % for k = 10", "a guess"),
        plan.reasons());
  }
}
