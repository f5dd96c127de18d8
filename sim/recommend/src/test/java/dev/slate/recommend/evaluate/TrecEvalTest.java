package dev.slate.recommend.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slate.recommend.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The test of trec_eval itself: three queries of TREC, 500 documents each. */
class TrecEvalTest {
  private static final int WHOLE = Integer.MAX_VALUE;

  @Test
  void agreesForEachQueryAndOnAverage() throws IOException {
    Map<String, Figure> known = figures();
    Scores scores =
        Rankings.judge(
            Rankings.truth(SharedData.trecEval("qrels.test")),
            Rankings.run(SharedData.trecEval("results.test"), Convention.TREC_EVAL),
            new Judge(List.copyOf(known.values()), Convention.TREC_EVAL));
    assertEquals(List.of("301", "302", "303"), scores.queries());
    int compared = 0;
    for (String line : Files.readAllLines(Path.of(SharedData.trecEval("out.test.aq")))) {
      String[] cells = line.split("\\s+", -1);
      Figure figure = known.get(cells[0]);
      if (figure != null) {
        int column = scores.figures().indexOf(figure);
        double value =
            cells[1].equals("all")
                ? scores.mean(column)
                : scores.values()[column][scores.queries().indexOf(cells[1])];
        assertEquals(cells[2], String.format(Locale.ROOT, "%.4f", value), line);
        compared++;
      }
    }
    assertEquals(known.size() * 4, compared);
    assertTrue(compared >= 4 * 40, "compared " + compared);
  }

  private static Map<String, Figure> figures() {
    Map<String, Figure> known = new LinkedHashMap<>();
    known.put("map", new Figure(Measure.MAP, WHOLE));
    known.put("Rprec", new Figure(Measure.RPREC, WHOLE));
    known.put("recip_rank", new Figure(Measure.MRR, WHOLE));
    known.put("ndcg", new Figure(Measure.NDCG, WHOLE));
    known.put("set_P", new Figure(Measure.PRECISION, WHOLE));
    known.put("set_recall", new Figure(Measure.RECALL, WHOLE));
    known.put("rbp", new Figure(Measure.RBP, WHOLE));
    for (int k : new int[] {5, 10, 15, 20, 30, 100, 200, 500, 1000}) {
      known.put("P_" + k, new Figure(Measure.PRECISION, k));
      known.put("recall_" + k, new Figure(Measure.RECALL, k));
      known.put("ndcg_cut_" + k, new Figure(Measure.NDCG, k));
      known.put("map_cut_" + k, new Figure(Measure.MAP, k));
    }
    for (int k : new int[] {1, 5, 10}) {
      known.put("success_" + k, new Figure(Measure.HIT, k));
    }
    return known;
  }
}
