package dev.slate.recommend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CandidatesTest {
  private static String text(Candidates candidates) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < candidates.size(); i++) {
      text.append(candidates.item(i)).append(':').append(candidates.score(i)).append(' ');
    }
    return text.toString();
  }

  /** Equal scores too, of which the smaller ordinals are the better. */
  @Test
  void theBestAreTheFirstOfAllSorted() {
    SplittableRandom random = new SplittableRandom(3);
    for (int n : new int[] {0, 1, 2, 3, 10, 63, 64, 65, 200}) {
      for (int k : new int[] {0, 1, 2, 9, 64, n, n + 1, Integer.MAX_VALUE}) {
        Candidates sorted = new Candidates();
        Candidates best = new Candidates();
        for (int i = 0; i < n; i++) {
          float score = random.nextInt(n);
          int item = i * 31 % 211;
          sorted.add(item, score);
          best.add(item, score);
        }
        sorted.sort();
        for (int i = 1; i < n; i++) {
          assertTrue(sorted.score(i - 1) >= sorted.score(i));
        }
        sorted.cut(k);
        best.best(k);
        assertEquals(text(sorted), text(best), k + " of " + n);
      }
    }
  }
}
