package dev.slate.recommend.evaluate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Published figures of each tool, and figures computed by hand where the tools differ. */
class ConventionTest {
  private static final int WHOLE = Integer.MAX_VALUE;

  private static Map<String, Float> binary(Integer... items) {
    return Arrays.stream(items).collect(Collectors.toMap(String::valueOf, item -> 1f));
  }

  private static List<String> list(Integer... items) {
    return Arrays.stream(items).map(String::valueOf).toList();
  }

  private static double[] values(
      Convention convention,
      Measure measure,
      int k,
      Map<String, Map<String, Float>> truth,
      Map<String, List<String>> run) {
    return Rankings.judge(truth, run, new Judge(List.of(new Figure(measure, k)), convention))
        .values()[0];
  }

  private static double mean(
      Convention convention,
      Measure measure,
      int k,
      Map<String, Map<String, Float>> truth,
      Map<String, List<String>> run) {
    return Scores.mean(values(convention, measure, k, truth, run));
  }

  @Test
  void ranx() {
    Map<String, Map<String, Float>> truth = new LinkedHashMap<>();
    truth.put("q1", Map.of("12", 5f, "25", 3f));
    truth.put("q2", Map.of("11", 6f, "22", 1f));
    Map<String, List<String>> run =
        Map.of("q1", list(12, 23, 25, 36, 32, 35), "q2", list(12, 11, 25, 36, 22, 35));
    assertEquals(.7861, mean(Convention.RANX, Measure.NDCG, 5, truth, run), 5e-5);
    assertEquals(.6416, mean(Convention.RANX, Measure.MAP, 5, truth, run), 1e-4);
    assertEquals(.75, mean(Convention.RANX, Measure.MRR, WHOLE, truth, run), 1e-9);
  }

  @Test
  void microsoftRecommenders() {
    Map<String, Map<String, Float>> truth = new LinkedHashMap<>();
    truth.put("1", binary(3, 1, 2));
    truth.put("2", binary(1, 4, 5, 6, 7));
    truth.put("3", binary(2, 5, 6, 8, 9, 10, 11, 12, 13, 14));
    Map<String, List<String>> run =
        Map.of(
            "1", list(3, 10, 12),
            "2", list(10, 3, 5, 11, 13),
            "3", list(4, 10, 7, 13, 1, 3, 5, 2, 11, 14));
    // The published digits are cut off, not rounded.
    Convention convention = Convention.MS_RECOMMENDERS;
    assertEquals(.38172, mean(convention, Measure.NDCG, 10, truth, run), 1e-5);
    assertEquals(.23613, mean(convention, Measure.MAP, 10, truth, run), 1e-5);
    assertEquals(.26667, mean(convention, Measure.PRECISION, 10, truth, run), 1e-5);
    assertEquals(.37778, mean(convention, Measure.RECALL, 10, truth, run), 1e-5);
    // By hand, at 2: u1 1 of min(2, 3), u2 nothing, u3 1/2 of min(2, 10).
    assertEquals((.5 + 0 + .25) / 3, mean(convention, Measure.MAP_AT_K, 2, truth, run), 1e-12);
    assertEquals((1 / 3. + 0 + .05) / 3, mean(convention, Measure.MAP, 2, truth, run), 1e-12);
  }

  @Test
  void recTools() {
    Map<String, Map<String, Float>> truth = new LinkedHashMap<>();
    truth.put("1", binary(1, 2));
    truth.put("2", binary(1));
    truth.put("3", binary(1, 3, 4));
    truth.put("4", binary(1, 2, 3));
    Map<String, List<String>> run =
        Map.of("1", list(7, 8), "2", list(1, 2), "3", list(1, 2, 3, 4), "4", list(1, 2, 3));
    assertArrayEquals(
        new double[] {0, 1, .5556, 1},
        values(Convention.RECTOOLS, Measure.MAP, 3, truth, run),
        5e-5);
    assertArrayEquals(
        new double[] {0, .469279, .703918, 1},
        values(Convention.RECTOOLS, Measure.NDCG, 3, truth, run),
        5e-7);
  }

  @Test
  void rankBiasedPrecision() {
    float[] grades = new float[20];
    for (int rank : new int[] {1, 2, 6, 11, 17}) {
      grades[rank - 1] = 1;
    }
    JudgedList list = JudgedList.of(grades, new float[] {1, 1, 1, 1, 1});
    assertEquals(.7661, Measure.RBP.of(list, WHOLE, Convention.TREC_EVAL, .5), 5e-5);
    assertEquals(.4526, Measure.RBP.of(list, WHOLE, Convention.TREC_EVAL, .8), 5e-5);
    assertEquals(.1881, Measure.RBP.of(list, WHOLE, Convention.TREC_EVAL, .95), 5e-5);
  }

  /**
   * Three relevant of grades 3, 1, 1; a list of four with the first at rank 2 and one at rank 4.
   */
  @Test
  void byHandWhereConventionsDiffer() {
    Map<String, Map<String, Float>> truth = Map.of("u", Map.of("a", 3f, "b", 1f, "c", 1f, "x", 0f));
    Map<String, List<String>> run = Map.of("u", List.of("x", "a", "y", "b"));
    double second = 1 / (Math.log(3) / Math.log(2));
    double fourth = 1 / (Math.log(5) / Math.log(2));
    // At 2, linear gain: 3 at rank 2, the ideal is 3 and 1.
    assertEquals(
        3 * second / (3 + second), mean(Convention.TREC_EVAL, Measure.NDCG, 2, truth, run), 1e-12);
    // Binary gain: the ideal is 1 at each of two ranks.
    assertEquals(
        second / (1 + second), mean(Convention.RECBOLE, Measure.NDCG, 2, truth, run), 1e-12);
    // LensKit does not discount rank 2: log2(max(2, 2)) = 1.
    assertEquals(.5, mean(Convention.LENSKIT, Measure.NDCG, 2, truth, run), 1e-12);
    // RecTools fills the ideal up to k = 5 though 3 are relevant.
    double fullIdeal =
        IntStream.rangeClosed(1, 5).mapToDouble(r -> Math.log(2) / Math.log(r + 1)).sum();
    assertEquals(
        (second + fourth) / fullIdeal,
        mean(Convention.RECTOOLS, Measure.NDCG, 5, truth, run),
        1e-12);
    // Average precision at 2 is 1/2 over R = 3, min(k, R) = 2, min(R, L) = 2.
    assertEquals(.5 / 3, mean(Convention.TREC_EVAL, Measure.MAP, 2, truth, run), 1e-12);
    assertEquals(.5 / 2, mean(Convention.RECBOLE, Measure.MAP, 2, truth, run), 1e-12);
    assertEquals(.5 / 2, mean(Convention.LENSKIT, Measure.MAP, 2, truth, run), 1e-12);
    // At 10 the list has 4: precision is 2/10, LensKit's 2/4.
    assertEquals(.2, mean(Convention.RANX, Measure.PRECISION, 10, truth, run), 1e-12);
    assertEquals(.5, mean(Convention.LENSKIT, Measure.PRECISION, 10, truth, run), 1e-12);
    // Recall at 2 is 1/3, LensKit's 1/min(2, 3).
    assertEquals(1 / 3., mean(Convention.RECTOOLS, Measure.RECALL, 2, truth, run), 1e-12);
    assertEquals(.5, mean(Convention.LENSKIT, Measure.RECALL, 2, truth, run), 1e-12);
  }

  @Test
  void meansAreOverTheQueriesThatTheConventionNames() {
    Map<String, Map<String, Float>> truth = new LinkedHashMap<>();
    truth.put("found", binary(1));
    truth.put("unanswered", binary(2));
    truth.put("empty", Map.of("3", 0f));
    Map<String, List<String>> run = Map.of("found", list(1), "empty", list(3), "unknown", list(1));
    assertEquals(2, values(Convention.TREC_EVAL, Measure.HIT, 5, truth, run).length);
    assertEquals(1, values(Convention.MS_RECOMMENDERS, Measure.HIT, 5, truth, run).length);
    assertEquals(2, values(Convention.LENSKIT, Measure.HIT, 5, truth, run).length);
    assertEquals(.5, mean(Convention.RECTOOLS, Measure.HIT, 5, truth, run), 1e-12);
    assertEquals(.5, mean(Convention.RANX, Measure.HIT, 5, truth, run), 1e-12);
    assertEquals(.5, mean(Convention.RECBOLE, Measure.HIT, 5, truth, run), 1e-12);
  }

  @Test
  void noFigureIsEverNaN() {
    Map<String, Map<String, Float>> truth = Map.of("u", Map.of("1", 0f), "v", binary(1));
    Map<String, List<String>> run = Map.of("u", List.of(), "v", Collections.emptyList());
    for (Convention convention : Convention.values()) {
      for (Measure measure : Measure.values()) {
        for (int k : new int[] {1, 10, WHOLE}) {
          assertEquals(0, mean(convention, measure, k, truth, run), 0, convention + " " + measure);
        }
      }
    }
  }
}
