package dev.slate.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class CostModelTest {
  private static final int[] WANTED = {10};

  private static SearchStats[] looked(long items, long blocks, long bytes) {
    return new SearchStats[] {new SearchStats(items, blocks, 0, bytes)};
  }

  private static double tree(int n, SearchStats[] quarter, SearchStats[] whole) {
    return tree(n, quarter, whole, whole);
  }

  private static double tree(
      int n, SearchStats[] quarter, SearchStats[] whole, SearchStats[] near) {
    return new CostModel(n, 16, false).tree(quarter, whole, whole, near, 40_000, WANTED)[0];
  }

  @Test
  void whatDoesNotGrowWithTheSampleDoesNotGrowWithTheCatalogue() {
    SearchStats[] same = looked(320, 12, 20_000);
    assertEquals(tree(40_000, same, same), tree(4_000_000, same, same));
    SearchStats[] more = looked(3_200, 120, 200_000);
    assertEquals(tree(40_000, same, same), tree(4_000_000, more, same));
  }

  @Test
  void whatGrowsWithTheSampleGrowsLikeAPowerOfN() {
    SearchStats[] quarter = looked(1_000, 100, 100_000);
    SearchStats[] whole = looked(2_000, 200, 200_000);
    SearchStats[] next = looked(4_000, 400, 400_000);
    assertEquals(tree(160_000, next, next), tree(160_000, quarter, whole), 1e-6);
  }

  @Test
  void asNearAShareOfTheItemsIsEnough() {
    SearchStats[] quarter = looked(10_000, 300, 640_000);
    SearchStats[] whole = looked(40_000, 1_300, 2_600_000);
    SearchStats[] near = looked(5_000, 170, 320_000);
    SearchStats[] larger = looked(50_000, 1_700, 3_200_000);
    assertEquals(
        tree(400_000, larger, larger), tree(400_000, quarter, whole, near), 1e-3, "ten times near");
    SearchStats[] few = looked(320, 12, 20_000);
    assertEquals(tree(400_000, whole, whole), tree(400_000, quarter, whole, few), 1e-3, "no fewer");
  }

  /** A sample of a quarter, in as many cells: a third of its pieces are visited, so of all. */
  @Test
  void planesVisitTheSameShareOfPieces() {
    int n = 64 * 4_000;
    long centres = 16L * 500;
    long visited = 500;
    SearchStats[] near = {new SearchStats(100, visited, 1_000, centres + 4_000 * visited)};
    long more = 1_500;
    SearchStats[] all = {new SearchStats(400, more, 3_000, centres + 4_000 * more)};
    CostModel model = new CostModel(n, 16, false);
    assertEquals(
        model.planes(all, all[0], n, WANTED)[0],
        model.planes(near, near[0], n / 4, WANTED)[0],
        1e-3);
  }

  /** One of all items is a sixteenth of one of the sample: half the work, and half of that. */
  @Test
  void planesVisitFewerPiecesForLessThanOneItemOfASample() {
    int n = 256_000;
    int size = n / 16;
    long centres = 16L * (1_500 - size / 64);
    SearchStats[] near = {new SearchStats(160, 400, 1_100, centres + 4_000L * 400)};
    SearchStats four = new SearchStats(320, 800, 700, centres + 4_000L * 800);
    SearchStats[] less = {new SearchStats(40, 100, 1_400, centres + 4_000L * 100)};
    CostModel model = new CostModel(n, 16, false);
    int[] one = {1};
    assertEquals(
        model.planes(less, less[0], size, one)[0], model.planes(near, four, size, one)[0], 1e-3);
    int[] sixteen = {16};
    assertEquals(
        model.planes(near, near[0], size, sixteen)[0],
        model.planes(near, four, size, sixteen)[0],
        "one item of the sample");
  }

  @Test
  void growthIsThatOfTheShareWantedHalfway() {
    SearchStats[] whole = looked(10_000, 300, 640_000);
    SearchStats[] many = looked(2_000, 60, 120_000);
    SearchStats[] few = looked(1_000, 30, 60_000);
    CostModel model = new CostModel(160_000, 16, false);
    double grown = model.tree(few, many, whole, whole, 40_000, WANTED)[0];
    SearchStats[] twice = looked(20_000, 600, 1_280_000);
    assertEquals(model.tree(twice, twice, twice, twice, 40_000, WANTED)[0], grown, 1e-3);
  }

  /** A row of d = 128 has 448 bytes behind its first line, each of which costs .83 more. */
  @Test
  void rowsThatLieFarApartCostPlanesMore() {
    double near = ofScoring(5_000, 10_000, 128);
    assertEquals(near + 4_000 * 448 * 0.83, ofScoring(5_000, 100_000, 128), 1e-3);
    assertEquals(near, ofScoring(5_000, 1_000_000, 16), 1e-3, "a row is one line");
  }

  /** What it costs to score so many items instead of a thousand. */
  private static double ofScoring(int items, int n, int d) {
    CostModel model = new CostModel(n, d, false);
    SearchStats[] few = looked(1_000, 150, 2_000_000);
    SearchStats[] many = looked(items, 150, 2_000_000);
    return model.planes(many, many[0], n, WANTED)[0] - model.planes(few, few[0], n, WANTED)[0];
  }

  @Test
  void nothingOutgrowsTheCatalogue() {
    SearchStats[] quarter = looked(10, 1, 1_000);
    SearchStats[] whole = looked(40_000, 1_300, 2_600_000);
    SearchStats[] all = looked(400_000, 13_000, 26_000_000);
    assertEquals(tree(400_000, all, all), tree(400_000, quarter, whole), 1e-3);
  }

  @Test
  void whatLooksAtEverythingCostsMoreThanAScan() {
    for (int n : new int[] {10_000, 1_000_000}) {
      CostModel model = new CostModel(n, 16, n == 10_000);
      SearchStats[] all = looked(n, n / 32, 64L * n);
      SearchStats[] quarter = looked(n / 4, n / 128, 16L * n);
      double scan = model.scan(WANTED)[0];
      assertTrue(model.tree(quarter, all, all, all, n, WANTED)[0] > scan, "tree, n " + n);
      assertTrue(model.planes(all, all[0], n, WANTED)[0] > scan, "planes, n " + n);
    }
  }
}
