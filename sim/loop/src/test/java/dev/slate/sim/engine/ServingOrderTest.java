package dev.slate.sim.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.slate.kernel.Catalog;
import dev.slate.sim.Behavior;
import dev.slate.sim.ItemCatalog;
import dev.slate.sim.RunSettings;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServingOrderTest {
  private static Population population(int users, int d) {
    ItemCatalog catalog =
        new ItemCatalog(
            "one",
            Catalog.of(new float[d], d),
            IntStream.range(0, d).mapToObj(j -> "a" + j).toList(),
            item -> "item " + item,
            List.of("Ann"),
            new int[1],
            ItemCatalog.NONE);
    RunSettings settings = new RunSettings(catalog, 1, List.of(), true, null, 1);
    return new Population(settings, users, Behavior.NONE, false, 0);
  }

  /** The bits of all attributes, the highest of each first, as text. */
  private static String curve(Population population, int user, int bits) {
    StringBuilder key = new StringBuilder();
    for (int bit = bits - 1; bit >= 0; bit--) {
      for (int j = 0; j < Math.min(population.d, 31); j++) {
        float place = (population.preference(user, j) + 1) / 2 * (1 << bits);
        int level = (int) Math.max(0, Math.min((1 << bits) - 1, Math.floor(place)));
        key.append(level >> bit & 1);
      }
    }
    return key.toString();
  }

  /** Along the curve, and by number where two users are in one cell; also outside the cube. */
  @ParameterizedTest
  @CsvSource({"1, 8", "2, 8", "3, 8", "4, 7", "5, 6", "15, 2", "16, 1", "31, 1", "32, 1", "40, 1"})
  void usersAreServedAlongACurve(int d, int bits) {
    int users = 1_100;
    Population population = population(users, d);
    Random random = new Random(d);
    for (int at = 0; at < users * d; at++) {
      population.preference[at] = 2.4f * random.nextFloat() - 1.2f;
    }
    System.arraycopy(population.preference, 0, population.preference, 7 * d, 3 * d);
    ServingOrder order = new ServingOrder(population);
    order.arrange();
    int[] expected =
        IntStream.range(0, users)
            .boxed()
            .sorted(Comparator.comparing((Integer user) -> curve(population, user, bits)))
            .mapToInt(Integer::intValue)
            .toArray();
    int[] served = IntStream.range(0, users).map(order::user).toArray();
    assertEquals(Arrays.toString(expected), Arrays.toString(served));
  }

  /** From 1,024 users on. */
  @Test
  void fewUsersAreServedByNumber() {
    for (int users : new int[] {1_023, 1_024}) {
      Population population = population(users, 2);
      for (int user = 0; user < users; user++) {
        population.preference[2 * user] = user < users / 2 ? 0.5f : -0.5f;
      }
      ServingOrder order = new ServingOrder(population);
      order.arrange();
      assertEquals(users < 1_024 ? 0 : 512, order.user(0), users + " users");
      assertEquals(users < 1_024 ? 1_022 : 511, order.user(users - 1), users + " users");
    }
  }
}
