package dev.slate.bench.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slate.bench.dataset.VectorSource;
import dev.slate.data.Distribution;
import dev.slate.kernel.Metric;
import org.junit.jupiter.api.Test;

class QuestionTest {
  private static Question question(int threads, int queries, double density) {
    VectorSource data = new VectorSource.Generated(Distribution.LOWRANK, 2000, 8);
    return new Question(data, 10, Metric.DOT, threads, queries, density);
  }

  @Test
  void isAskedInWords() {
    assertEquals("2k items, d = 8, k = 10, dot, lowrank", question(1, 1, 1).title());
    assertEquals(
        "2k items, d = 8, k = 10, dot, lowrank, filter of density 0.5, 64 queries at once,"
            + " 2 threads",
        question(2, 64, 0.5).title());
    assertEquals("euclidean", Question.lower(Metric.EUCLIDEAN));
  }

  @Test
  void knowsItsData() {
    assertEquals(2000 * 8 * 4, question(1, 1, 1).bytes());
    assertEquals("lowrank-2000x8", question(1, 1, 1).dataKey());
    assertTrue(question(1, 1, 0.5).filtered());
    assertFalse(question(1, 1, 1).filtered());
  }
}
