package dev.slate.recommend.rank;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slate.recommend.RankLearner;
import dev.slate.recommend.RankLearner.Objective;
import dev.slate.recommend.Settings;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LearnersTest {
  /** Relevance follows the first feature less half of the second; the third is noise. */
  @ParameterizedTest
  @EnumSource(Objective.class)
  void findsTheWeightsThatWerePlanted(Objective objective) {
    SplittableRandom random = new SplittableRandom(2);
    int lists = 200;
    int size = 20;
    float[] rows = new float[lists * size * 3];
    boolean[] relevant = new boolean[lists * size];
    int[] sizes = new int[lists];
    for (int i = 0; i < relevant.length; i++) {
      sizes[i / size] = size;
      for (int j = 0; j < 3; j++) {
        rows[i * 3 + j] = (float) (5 + 10 * random.nextGaussian());
      }
      double taste = rows[i * 3] - 0.5 * rows[i * 3 + 1];
      relevant[i] = taste + 3 * random.nextGaussian() > 8;
    }
    RankLearner.Scorer scorer =
        new LinearLearner()
            .learn(
                new RankLearner.Lists(List.of("a", "b", "c"), rows, sizes, relevant),
                objective,
                new Settings(Map.of()),
                1);
    float[] probe = {0, 0, 0, 10, 0, 0, 0, 10, 0, 0, 0, 10};
    float[] scores = new float[4];
    scorer.score(probe, 4, scores);
    double first = scores[1] - scores[0];
    double second = scores[2] - scores[0];
    double third = scores[3] - scores[0];
    assertTrue(first > 0);
    assertTrue(Math.abs(second / first + 0.5) < 0.12, second + " against " + first);
    assertTrue(Math.abs(third / first) < 0.12, third + " against " + first);
  }
}
