package dev.slate.sim.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slate.kernel.Catalog;
import dev.slate.sim.Behavior;
import dev.slate.sim.ItemCatalog;
import dev.slate.sim.Reaction;
import dev.slate.sim.RunSettings;
import dev.slate.sim.SettingException;
import dev.slate.sim.SettingException.Setting;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PopulationTest {
  private static final int ITEMS = 40;

  private static ItemCatalog catalog(int d) {
    return new ItemCatalog(
        "some",
        Catalog.of(new float[ITEMS * d], d),
        IntStream.range(0, d).mapToObj(j -> "a" + j).toList(),
        item -> "item " + item,
        List.of("Ann", "Bob"),
        new int[ITEMS],
        ItemCatalog.NONE);
  }

  private static Population population(
      int users, int d, int k, Behavior behavior, boolean feedback, int history) {
    RunSettings settings = new RunSettings(catalog(d), k, List.of(), true, null, ITEMS);
    return new Population(settings, users, behavior, feedback, history);
  }

  private static Behavior behavior(double boredom, boolean hidden, double gamers) {
    return new Behavior(boredom, 0.2, hidden, gamers, 0, 0);
  }

  @Test
  void everybodyBeginsAtHerStart() {
    Population given = population(3, 2, 4, Behavior.NONE, true, 0);
    given.step = 9;
    float[] start = {1, 2, 3, 4, 5, 6};
    given.begin(new RandomStreams(1, 0), start);
    assertArrayEquals(start, given.preference);
    assertArrayEquals(start, given.origin);
    assertEquals(0, given.step());
    for (int user = 0; user < 3; user++) {
      assertTrue(given.present(user));
      assertEquals(-1, given.chosen(user));
      assertEquals(Reaction.NONE, given.reaction(user));
      assertEquals(Float.POSITIVE_INFINITY, given.recentMovement[user]);
    }
    Population drawn = population(3, 2, 4, Behavior.NONE, false, 0);
    drawn.begin(new RandomStreams(5, 6), null);
    RandomStreams streams = new RandomStreams(5, 6);
    for (int user = 0; user < 3; user++) {
      streams.enter(RandomStreams.Purpose.BIRTH, 0, user);
      for (int j = 0; j < 2; j++) {
        float uniform = streams.nextFloat(-1f, Math.nextUp(1f));
        assertEquals(uniform, drawn.preference(user, j));
        assertEquals(uniform, drawn.origin(user, j));
      }
    }
  }

  @Test
  void whoIsGoneIsShownNothing() {
    Population population = population(2, 2, 4, Behavior.NONE, false, 0);
    population.begin(new RandomStreams(1, 0), null);
    for (int user = 0; user < 2; user++) {
      population.shown[user] = 4;
      population.chosen[user] = 2;
    }
    population.gone[1] = true;
    assertTrue(population.enters(0));
    assertFalse(population.enters(1));
    assertEquals(List.of(true, false), List.of(population.present(0), population.present(1)));
    assertEquals(List.of(4, 0), List.of(population.shown(0), population.shown(1)));
    assertEquals(List.of(2, -1), List.of(population.chosen(0), population.chosen(1)));
  }

  @Test
  void everyUserHasHerRow() {
    Population population = population(3, 2, 4, behavior(0, true, 0.5), true, 0);
    for (int at = 0; at < 6; at++) {
      population.preference[at] = at;
      population.origin[at] = 10 + at;
      population.estimate[at] = 20 + at;
    }
    for (int at = 0; at < 12; at++) {
      population.items[at] = 30 + at;
      population.advertised[at] = at == 6;
    }
    population.reaction[1] = Reaction.LIKE;
    population.gamer[1] = true;
    population.satisfaction[1] = 0.5f;
    assertEquals(3, population.users());
    assertEquals(3, population.preference(1, 1));
    assertEquals(13, population.origin(1, 1));
    assertEquals(23, population.estimate(1, 1));
    assertEquals(36, population.item(1, 2));
    assertTrue(population.advertisement(1, 2));
    assertFalse(population.advertisement(1, 1));
    assertEquals(Reaction.LIKE, population.reaction(1));
    assertTrue(population.gamer(1));
    assertFalse(population.gamer(0));
    assertEquals(0.5f, population.satisfaction(1));
    assertEquals(4, population.settings().k());
  }

  /** What the plain model leaves out has no rows; a slate is no larger than the catalogue. */
  @Test
  void whatIsOffHasNoRows() {
    Population plain = population(3, 2, ITEMS + 1, Behavior.NONE, false, 0);
    assertEquals(ITEMS, plain.k);
    assertSame(plain.preference, plain.estimate);
    assertFalse(plain.hidden);
    assertEquals(0, plain.reaction.length);
    assertEquals(0, plain.gamer.length);
    assertEquals(Reaction.NONE, plain.reaction(0));
    assertFalse(plain.gamer(0));
    Population hidden = population(3, 2, 1, behavior(0, true, 0), true, 0);
    assertNotSame(hidden.preference, hidden.estimate);
    assertTrue(hidden.hidden);
    assertEquals(3, hidden.reaction.length);
  }

  /**
   * Bytes of a user: preference, origin, and the estimate where that is another array; movement,
   * satisfaction, what is shown and chosen, two flags; k items that may be advertisements;
   * satiations, reactions, and picks of the past.
   */
  @ParameterizedTest
  @CsvSource({
    "2000000000, 1, 1, 0, false, false, 0, 31",
    "1000000000, 1, 2, 0, false, false, 0, 36",
    "1000000000, 2, 1, 0, false, false, 0, 39",
    "2000000000, 1, 1, 0, true, false, 0, 35",
    "2000000000, 1, 1, 0, false, true, 0, 35",
    "1000000000, 1, 1, 0, false, false, 2, 55",
    "500000000, 1, 1, 0.5, false, false, 0, 47",
  })
  void usersThatDoNotFitInMemoryAreRefused(
      int users,
      int d,
      int k,
      double boredom,
      boolean hidden,
      boolean feedback,
      int history,
      long each) {
    long heap = Runtime.getRuntime().maxMemory();
    assumeTrue(users * each > heap, "too large a heap");
    SettingException refused =
        assertThrows(
            SettingException.class,
            () -> population(users, d, k, behavior(boredom, hidden, 0), feedback, history));
    assertEquals(Setting.USERS, refused.setting());
    assertEquals(
        users
            + " users need about "
            + (users * each / (1 << 20) + 1)
            + " MB, but the heap has "
            + heap / (1 << 20)
            + " MB; SLATE_JAVA_OPTS=-Xmx... enlarges it",
        refused.problem());
  }

  /** A gamer is one by a draw of her own. */
  @Test
  void gamersAreDrawn() {
    Behavior half = behavior(0, false, 0.5);
    Population population = population(200, 2, 1, half, false, 0);
    RandomStreams random = new RandomStreams(3, 1);
    assertFalse(population.gamer(0));
    new BehaviorModel(population, half, random);
    RandomStreams streams = new RandomStreams(3, 1);
    for (int user = 0; user < 200; user++) {
      streams.enter(RandomStreams.Purpose.BEHAVIOR, 0, user);
      assertEquals(streams.nextDouble() < 0.5, population.gamer(user));
    }
  }
}
