package dev.slate.sim.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.slate.kernel.Catalog;
import dev.slate.sim.Behavior;
import dev.slate.sim.ItemCatalog;
import dev.slate.sim.RunSettings;
import dev.slate.sim.SlateBuilder;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Boredom builds up and fades as the linear system says; who leaves remembers four fifths. */
class BehaviorModelTest {
  private static final double RECOVERY = 0.2;

  /** Two items by one author on the two sides of 0, and one by another author. */
  private final ItemCatalog catalog =
      new ItemCatalog(
          "three",
          Catalog.of(new float[] {0.5f, -0.5f, 0.7f}, 1),
          List.of("a"),
          i -> "item " + i,
          List.of("Ann", "Bob"),
          new int[] {0, 0, 1},
          ItemCatalog.NONE);

  private final RandomStreams random = new RandomStreams(1, 0);

  private Population population(Behavior behavior) {
    RunSettings settings = new RunSettings(catalog, 3, List.of(), true, null, 3);
    return new Population(settings, 1, behavior, false, 0);
  }

  @Test
  void satiationTendsToOneAndFadesToNothing() {
    Behavior behavior = new Behavior(0.5, RECOVERY, false, 0, 0, 0);
    BehaviorModel model = new BehaviorModel(population(behavior), behavior, random);
    assertEquals(0, model.boredom(0, 0));
    double satiation = 0;
    for (int pick = 0; pick < 5; pick++) {
      model.after(0, 0, 1, random);
      satiation += RECOVERY * (1 - satiation);
      assertEquals(0.5 * satiation, model.boredom(0, 0), 1e-6, "of the same item");
      assertEquals(0.5 * satiation, model.boredom(0, 1), 1e-6, "of its author");
      assertEquals(0.5 * satiation, model.boredom(0, 2), 1e-6, "of its region");
    }
    for (int pause = 0; pause < 5; pause++) {
      model.after(0, ItemCatalog.NONE, 0, random);
      satiation *= 1 - RECOVERY;
      assertEquals(0.5 * satiation, model.boredom(0, 0), 1e-6);
    }
  }

  @Test
  void whoIsFedUpWithEverythingPicksNothing() {
    Behavior behavior = new Behavior(1, 1, false, 0, 0, 0);
    Population population = population(behavior);
    BehaviorModel model = new BehaviorModel(population, behavior, random);
    SlateBuilder slate = new SlateBuilder(3, catalog);
    slate.add(0);
    slate.add(1);
    assertEquals(1, model.pick(0, slate, 1, random));
    model.after(0, 0, 1, random);
    assertEquals(-1, model.pick(0, slate, 1, random));
  }

  /** Contentment starts at 1 and goes a fifth of the way to each liking: 0.8^n once all is bad. */
  @Test
  void contentmentRemembersFourFifths() {
    Behavior behavior = new Behavior(0, 0.1, false, 0, 1, 0);
    int users = 20_000;
    RunSettings settings = new RunSettings(catalog, 3, List.of(), true, null, 3);
    Population population = new Population(settings, users, behavior, false, 0);
    BehaviorModel model = new BehaviorModel(population, behavior, random);
    int left = 0;
    for (int user = 0; user < users; user++) {
      random.enter(RandomStreams.Purpose.BEHAVIOR, 1, user);
      model.after(user, 0, 0, random);
      left += population.gone[user] ? 1 : 0;
    }
    assertEquals(0.2 * users, left, 4 * Math.sqrt(0.16 * users));
  }
}
