package dev.slate.recommend;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Vectors of users and items whose dot products, plus a bias, are scores.
 *
 * @param d length of a vector, 1..4096
 * @param users users x d, row-major; not copied
 * @param items items x d, row-major; not copied
 * @param biases one for each item, or null; not copied
 */
public record Factors(int d, float[] users, float[] items, float @Nullable [] biases) {
  /**
   * Checks the shape.
   *
   * @param d length of a vector
   * @param users users x d
   * @param items items x d
   * @param biases one for each item, or null
   * @throws IllegalArgumentException if the shapes contradict each other
   */
  public Factors {
    Objects.requireNonNull(users, "users");
    Objects.requireNonNull(items, "items");
    if (d < 1 || users.length % d != 0 || items.length % d != 0) {
      throw new IllegalArgumentException(
          users.length + " and " + items.length + " numbers are not rows of " + d);
    }
    if (biases != null && biases.length != items.length / d) {
      throw new IllegalArgumentException(
          biases.length + " biases are not one for each of " + items.length / d + " items");
    }
  }
}
