package dev.slate.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class ExposureDriftTest {
  private final ExposureDrift free = new ExposureDrift(0.025, 0.15, Double.POSITIVE_INFINITY);

  @Provide
  Arbitrary<float[]> points() {
    return Arbitraries.floats().between(-1, 1).ofScale(7).array(float[].class).ofSize(5);
  }

  @Property
  void theDistanceShrinksByLambda(
      @ForAll("points") float[] start,
      @ForAll("points") float[] item,
      @ForAll @DoubleRange(min = -4, max = 4) double gaussian) {
    float[] preference = start.clone();
    double lambda = free.rate(preference, item, gaussian);
    free.move(preference, item, gaussian);
    assertEquals(Math.abs(1 - lambda) * distance(start, item), distance(preference, item), 4e-7);
  }

  @Property
  void theClampHolds(
      @ForAll("points") float[] preference,
      @ForAll("points") float[] item,
      @ForAll @DoubleRange(min = -1000, max = 1000) double gaussian) {
    ExposureDrift.DEFAULT.move(preference, item, gaussian);
    for (float attribute : preference) {
      assertTrue(Math.abs(attribute) <= 1);
    }
  }

  @Test
  void attractsWhereTheyAgreeAndRepelsWhereTheyDoNot() {
    float[] friend = {0.5f, 0.5f};
    float[] enemy = {-0.9f, -0.9f};
    float[] item = {1, 1};
    ExposureDrift.DEFAULT.move(friend, item, 0);
    ExposureDrift.DEFAULT.move(enemy, item, 0);
    assertTrue(friend[0] > 0.5f);
    assertTrue(enemy[0] < -0.9f);
  }

  @Test
  void movesByHandComputation() {
    float[] preference = {0.2f, -0.4f};
    ExposureDrift.DEFAULT.move(preference, new float[] {1, 0.5f}, 2);
    double lambda = 0.025 * (0.5 + (0.2 * 1 - 0.4 * 0.5) + 0.15 * 2);
    assertEquals(0.2 + lambda * 0.8, preference[0], 1e-7);
    assertEquals(-0.4 + lambda * 0.9, preference[1], 1e-7);
  }

  private static double distance(float[] a, float[] b) {
    double sum = 0;
    for (int j = 0; j < a.length; j++) {
      sum += Math.pow((double) a[j] - b[j], 2);
    }
    return Math.sqrt(sum);
  }
}
