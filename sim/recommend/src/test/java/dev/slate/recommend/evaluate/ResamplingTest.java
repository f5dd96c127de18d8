package dev.slate.recommend.evaluate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slate.recommend.evaluate.Resampling.Interval;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ResamplingTest {
  /** The example of three tests at .01, .04 and .03. */
  @Test
  void holmAdjustsInOrderOfSize() {
    assertArrayEquals(
        new double[] {.03, .06, .06}, Resampling.holm(new double[] {.01, .04, .03}), 1e-12);
    assertArrayEquals(new double[] {1, 1}, Resampling.holm(new double[] {.6, .9}), 0);
  }

  /** Of 400 intervals of 60 values, about 95 % hold the true mean; 4.3 % off is five deviations. */
  @Test
  void intervalsHoldTheMeanAsOftenAsTheySay() {
    SplittableRandom random = new SplittableRandom(1);
    int held = 0;
    for (int i = 0; i < 400; i++) {
      double[] values = random.doubles(60).toArray();
      Interval interval = Resampling.mean(values, i);
      held += interval.low() <= .5 && .5 <= interval.high() ? 1 : 0;
    }
    assertTrue(held >= 0.95 * 400 - 22 && held <= 398, "held " + held);
  }

  /** Each mean of resampled users, as the definition has it; alone and among others. */
  @Test
  void intervalsAreThoseOfTheDefinition() {
    double[][] values = new double[3][];
    for (int i = 0; i < values.length; i++) {
      values[i] = new SplittableRandom(i).doubles(37).toArray();
    }
    Interval[] several = Resampling.means(values, 5);
    for (int i = 0; i < values.length; i++) {
      SplittableRandom random = new SplittableRandom(5);
      double[] means = new double[2000];
      for (int resample = 0; resample < means.length; resample++) {
        double sum = 0;
        for (int user = 0; user < 37; user++) {
          sum += values[i][random.nextInt(37)];
        }
        means[resample] = sum / 37;
      }
      Arrays.sort(means);
      assertEquals(new Interval(means[50], means[1949]), several[i]);
      assertEquals(several[i], Resampling.mean(values[i], 5));
    }
  }

  @Test
  void aPairedTestKnowsEqualModelsFromDifferentOnes() {
    double[] a = {.1, .2, .3, .4, .5};
    double[] better = {.2, .31, .39, .52, .6};
    assertEquals(1, Resampling.pairedTest(a, a.clone()), 0);
    assertTrue(Resampling.pairedTest(a, better) < .001);
    assertEquals(1, Resampling.pairedTest(new double[] {0}, new double[] {1}), 0);
  }
}
