package dev.slate.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slate.kernel.Slate;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.commons.statistics.inference.ChiSquareTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SelectorsTest {
  private final ItemCatalog catalog = TestCatalogs.grid(500, 4, 5);

  private List<List<Integer>> slates(Simulation run, int step) {
    List<List<Integer>> slates = new ArrayList<>();
    run.run(
        state -> {
          for (int user = 0; state.step() == step && user < state.users(); user++) {
            List<Integer> slate = new ArrayList<>();
            for (int rank = 0; rank < state.shown(user); rank++) {
              slate.add(state.item(user, rank));
            }
            slates.add(slate);
          }
        });
    return slates;
  }

  @Test
  void nearestShowsWhatTheKernelFinds() {
    new Simulation(catalog, Selectors.create("nearest"))
        .size(50, 1, 8)
        .run(
            state -> {
              Slate slate = new Slate(8);
              for (int user = 0; state.step() == 1 && user < 50; user++) {
                float[] q = new float[4];
                for (int j = 0; j < 4; j++) {
                  q[j] = state.origin(user, j);
                }
                catalog.index().searcher().search(q, slate);
                for (int rank = 0; rank < 8; rank++) {
                  assertEquals(slate.ordinal(rank), state.item(user, rank));
                }
              }
            });
  }

  @Test
  void randomIsUniform() {
    long[] shown = new long[catalog.size()];
    slates(new Simulation(catalog, Selectors.create("random")).size(20_000, 1, 5), 1)
        .forEach(slate -> slate.forEach(item -> shown[item]++));
    double p = ChiSquareTest.withDefaults().test(shown).getPValue();
    assertTrue(p > 1e-4, () -> "p = " + p);
  }

  @Test
  void advertisementIsSecondAndNowhereElse() {
    for (List<Integer> slate :
        slates(new Simulation(catalog, Selectors.create("advertisement")).size(2_000, 1, 5), 1)) {
      assertEquals(0, slate.get(1));
      assertEquals(5, new HashSet<>(slate).size());
    }
  }

  @Test
  void advertisementIsDisclosedUnlessHidden() {
    for (boolean disclose : new boolean[] {true, false}) {
      new Simulation(catalog, Selectors.create("advertisement"))
          .disclose(disclose)
          .size(5, 1, 3)
          .run(
              state -> {
                for (int user = 0; state.step() == 1 && user < 5; user++) {
                  assertEquals(disclose, state.advertisement(user, 1));
                  assertFalse(state.advertisement(user, 0));
                }
              });
    }
  }

  @Test
  void advertisementNeedsTwoPlacesAndAnItem() {
    Selector selector = Selectors.create("advertisement");
    Simulation small = new Simulation(catalog, selector).size(3, 3, 1);
    assertTrue(
        assertThrows(SettingException.class, small::run).getMessage().startsWith("slate size: "));
    ItemCatalog nothing = TestCatalogs.of(catalog.items(), 1, ItemCatalog.NONE);
    Simulation none = new Simulation(nothing, selector);
    assertTrue(
        assertThrows(SettingException.class, none::run).getMessage().startsWith("catalog: "));
  }

  @Test
  void ofTwoPlacesTheSecondIsSold() {
    for (List<Integer> slate :
        slates(new Simulation(catalog, Selectors.create("advertisement")).size(200, 1, 2), 1)) {
      assertEquals(2, slate.size());
      assertEquals(0, slate.get(1));
    }
  }

  @Test
  void contrarianTurnsRoundWhoNoLongerMoves() {
    Drift still = (preference, item, gaussian) -> {};
    List<List<Integer>> near =
        slates(new Simulation(catalog, Selectors.create("nearest")).size(60, 2, 5).drift(still), 1);
    Simulation run =
        new Simulation(catalog, Selectors.create("contrarian")).size(60, 2, 5).drift(still);
    float[][] starts = new float[60][4];
    List<List<Integer>> first = new ArrayList<>();
    List<List<Integer>> second = new ArrayList<>();
    run.run(
        state -> {
          for (int user = 0; user < 60; user++) {
            int of = user;
            List<Integer> slate =
                IntStream.range(0, state.shown(user)).mapToObj(r -> state.item(of, r)).toList();
            if (state.step() > 0) {
              (state.step() == 1 ? first : second).add(slate);
            }
            for (int j = 0; j < 4; j++) {
              starts[user][j] = -state.preference(user, j);
            }
          }
        });
    assertEquals(near, first);
    Slate opposite = new Slate(5);
    for (int user = 0; user < 60; user++) {
      catalog.index().searcher().search(starts[user], opposite);
      for (int rank = 0; rank < 5; rank++) {
        assertEquals(opposite.ordinal(rank), second.get(user).get(rank), "user " + user);
      }
    }
  }

  /** Everybody moves by the same length at each step. */
  @Test
  void whoMovesLessThanAHundredthHasConverged() {
    for (float length : new float[] {0.011f, 0.009f}) {
      Drift drift = (preference, item, gaussian) -> preference[0] += length;
      List<List<Integer>> near =
          slates(
              new Simulation(catalog, Selectors.create("nearest")).size(60, 2, 5).drift(drift), 2);
      List<List<Integer>> shown =
          slates(
              new Simulation(catalog, Selectors.create("contrarian")).size(60, 2, 5).drift(drift),
              2);
      assertEquals(length > 0.01, near.equals(shown), "moves of " + length);
    }
  }

  @Test
  void oneOfNearestOneDifferentIsDifferent() {
    List<List<Integer>> nearest =
        slates(new Simulation(catalog, Selectors.create("nearest")).size(300, 1, 5), 1);
    List<List<Integer>> one =
        slates(
            new Simulation(catalog, Selectors.create("nearest-one-different")).size(300, 1, 5), 1);
    for (int user = 0; user < 300; user++) {
      assertEquals(nearest.get(user).subList(0, 4), one.get(user).subList(0, 4));
      assertFalse(nearest.get(user).contains(one.get(user).get(4)));
    }
  }

  /** Also for users near the centre, whose mirror image would be next to them. */
  @Test
  void theDifferentOneIsFarAway() {
    float[] item = new float[4];
    new Simulation(catalog, Selectors.create("nearest-one-different"))
        .size(2_000, 1, 5)
        .run(
            state -> {
              for (int user = 0; state.step() == 1 && user < 2_000; user++) {
                catalog.read(state.item(user, 4), item);
                double squares = 0;
                for (int j = 0; j < 4; j++) {
                  squares += Math.pow((double) state.origin(user, j) - item[j], 2);
                }
                assertTrue(Math.sqrt(squares) > 0.8, user + ": " + Math.sqrt(squares));
              }
            });
  }

  /** Each place goes to the smallest distance to the user less that to the items before. */
  @Test
  void balancedIsMaximalMarginalRelevance() {
    Simulation run = new Simulation(catalog, Selectors.create("balanced")).size(40, 1, 5);
    run.run(
        state -> {
          Slate pool = new Slate(100);
          for (int user = 0; state.step() == 1 && user < 40; user++) {
            float[] q = new float[4];
            for (int j = 0; j < 4; j++) {
              q[j] = state.origin(user, j);
            }
            catalog.index().searcher().search(q, pool);
            List<Integer> chosen = new ArrayList<>();
            for (int rank = 0; rank < 5; rank++) {
              int best = -1;
              double least = Double.POSITIVE_INFINITY;
              for (int i = 0; i < pool.size(); i++) {
                double cost = pool.distance(i) - closest(pool.ordinal(i), chosen);
                if (!chosen.contains(pool.ordinal(i)) && cost < least) {
                  least = cost;
                  best = pool.ordinal(i);
                }
              }
              chosen.add(best);
              assertEquals(best, state.item(user, rank), "user " + user + ", rank " + rank);
            }
          }
        });
  }

  private double closest(int item, List<Integer> others) {
    float[] a = new float[4];
    float[] b = new float[4];
    catalog.read(item, a);
    double closest = Double.POSITIVE_INFINITY;
    for (int other : others) {
      catalog.read(other, b);
      double squares = 0;
      for (int j = 0; j < 4; j++) {
        double t = (double) a[j] - b[j];
        squares += t * t;
      }
      closest = Math.min(closest, Math.sqrt(squares));
    }
    return Double.isInfinite(closest) ? 0 : closest;
  }

  @Test
  void halfOfNearestHalfRandomIsNearest() {
    List<List<Integer>> nearest =
        slates(new Simulation(catalog, Selectors.create("nearest")).size(4_000, 1, 5), 1);
    List<List<Integer>> half =
        slates(
            new Simulation(catalog, Selectors.create("nearest-half-random")).size(4_000, 1, 5), 1);
    int same = 0;
    for (int user = 0; user < nearest.size(); user++) {
      if (nearest.get(user).equals(half.get(user))) {
        same++;
      } else {
        assertEquals(nearest.get(user).subList(2, 5), half.get(user).subList(2, 5));
        Set<Integer> known = new HashSet<>(nearest.get(user));
        assertTrue(half.get(user).subList(0, 2).stream().noneMatch(known::contains));
      }
    }
    assertEquals(2_000, same, 4 * Math.sqrt(1_000));
  }

  /** With n - k = 1 item outside the nearest, only one place can be replaced. */
  @Test
  void nearestHalfRandomReplacesAsFarAsTheCatalogueGoes() {
    ItemCatalog six = TestCatalogs.grid(6, 2, 1);
    ItemCatalog five = TestCatalogs.grid(5, 2, 1);
    for (List<Integer> slate :
        slates(new Simulation(six, Selectors.create("nearest-half-random")).size(200, 1, 5), 1)) {
      assertEquals(5, new HashSet<>(slate).size());
    }
    assertEquals(
        slates(new Simulation(five, Selectors.create("nearest")).size(200, 1, 5), 1),
        slates(new Simulation(five, Selectors.create("nearest-half-random")).size(200, 1, 5), 1));
  }

  @Test
  void popularIsTheSameForAllAndTheMostPicked() {
    int[] picks = new int[catalog.size()];
    new Simulation(catalog, Selectors.create("popular"))
        .size(400, 10, 5)
        .run(
            state -> {
              for (int user = 0; state.step() > 0 && user < 400; user++) {
                for (int rank = 0; rank < 5; rank++) {
                  assertEquals(state.item(0, rank), state.item(user, rank));
                }
                picks[state.item(user, state.chosen(user))]++;
              }
            });
    List<Integer> last =
        slates(new Simulation(catalog, Selectors.create("popular")).size(400, 10, 5), 10)
            .getFirst();
    for (int rank = 0; rank + 1 < 5; rank++) {
      assertTrue(picks[last.get(rank)] >= picks[last.get(rank + 1)]);
    }
  }

  @Test
  void editorialShowsTheListAndNeedsOne() {
    Simulation run =
        new Simulation(catalog, Selectors.create("editorial"))
            .size(7, 1, 3)
            .editorial(List.of(9, 4, 77, 3));
    slates(run, 1).forEach(slate -> assertEquals(List.of(9, 4, 77), slate));
    Simulation none = new Simulation(catalog, Selectors.create("editorial")).size(7, 1, 3);
    assertThrows(SettingException.class, none::run);
  }

  @Test
  void anUnknownNameListsTheKnown() {
    String message =
        assertThrows(SettingException.class, () -> Selectors.create("nearist")).getMessage();
    assertTrue(message.startsWith("selector: unknown selector nearist"), message);
    assertTrue(message.contains("nearest-half-random"), message);
  }

  @Test
  void aPluginThatNamesNobodyIsBadInput(@TempDir Path plugin) throws IOException {
    Path services = Files.createDirectories(plugin.resolve("META-INF/services"));
    Files.writeString(services.resolve(Selector.class.getName()), "no.such.Selector\n");
    try (URLClassLoader loader =
        new URLClassLoader(new URL[] {plugin.toUri().toURL()}, getClass().getClassLoader())) {
      String message =
          assertThrows(SettingException.class, () -> Selectors.create("nearist", loader))
              .getMessage();
      assertTrue(message.startsWith("plugin: "), message);
      assertTrue(message.contains("no.such.Selector"), message);
    }
  }

  @Test
  void aCapOnAuthorsHolds() {
    for (String name : List.of("nearest", "random", "nearest-half-random")) {
      Simulation run = new Simulation(catalog, Selectors.create(name)).size(300, 1, 7).perAuthor(1);
      for (List<Integer> slate : slates(run, 1)) {
        assertEquals(7, slate.stream().map(catalog::author).distinct().count(), name);
      }
    }
  }
}
