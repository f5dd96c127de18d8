package dev.slate.sim.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.slate.sim.BetaChoice;
import dev.slate.sim.Drift;
import dev.slate.sim.ItemCatalog;
import dev.slate.sim.Reaction;
import dev.slate.sim.Selector;
import dev.slate.sim.SelectorContext;
import dev.slate.sim.Selectors;
import dev.slate.sim.Simulation;
import dev.slate.sim.SlateBuilder;
import dev.slate.sim.catalog.CatalogLoader;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The order of draws, the memory of movements, and the rate of learning. */
class DrawsTest {
  private final ItemCatalog catalog = CatalogLoader.open("memotion", null, 7);

  /** First the uniform that picks the rank, then the noise; both before the selector's draws. */
  @Test
  void aUsersOwnDrawsComeFirst() {
    double[] law = BetaChoice.DEFAULT.cumulative(5);
    List<Double> noise = new ArrayList<>();
    Drift drift = (preference, item, gaussian) -> noise.add(gaussian);
    for (String selector : List.of("random", "nearest", "nearest-half-random")) {
      noise.clear();
      new Simulation(catalog, Selectors.create(selector))
          .size(20, 6, 5)
          .seed(11, 3)
          .drift(drift)
          .run(
              state -> {
                for (int user = 0; state.step() > 0 && user < 20; user++) {
                  RandomStreams own = new RandomStreams(11, 3);
                  own.enter(RandomStreams.Purpose.STEP, state.step(), user);
                  double uniform = own.nextDouble();
                  int rank = 0;
                  while (uniform >= law[rank]) {
                    rank++;
                  }
                  assertEquals(rank, state.chosen(user), selector);
                  assertEquals(
                      own.nextGaussian(), noise.get((state.step() - 1) * 20 + user), selector);
                }
              });
    }
  }

  /** Shows one item to everybody and remembers what it was told about user 0. */
  private static final class Listener implements Selector {
    private final List<Float> heard = new ArrayList<>();

    @Override
    public String name() {
      return "listener";
    }

    @Override
    public String description() {
      return "listens";
    }

    @Override
    public void select(SelectorContext context, SlateBuilder slate) {
      if (context.user() == 0 && heard.size() < context.step()) {
        heard.add(context.recentMovement());
      }
      slate.add(0);
    }
  }

  @Test
  void recentMovementRemembersFourFifths() {
    Listener listener = new Listener();
    List<float[]> places = new ArrayList<>();
    new Simulation(catalog, listener)
        .size(1, 6, 1)
        .run(
            state -> {
              float[] place = new float[catalog.dimensions()];
              for (int j = 0; j < place.length; j++) {
                place[j] = state.preference(0, j);
              }
              places.add(place);
            });
    double expected = Double.POSITIVE_INFINITY;
    for (int step = 0; step < 6; step++) {
      assertEquals(expected, listener.heard.get(step), 1e-6);
      double squares = 0;
      for (int j = 0; j < catalog.dimensions(); j++) {
        squares += Math.pow(places.get(step + 1)[j] - places.get(step)[j], 2);
      }
      double length = Math.sqrt(squares);
      expected = Double.isInfinite(expected) ? length : 0.8 * expected + 0.2 * length;
    }
  }

  @Test
  void anEstimateGoesPartOfTheWay() {
    float[] item = {1, 2};
    Object[][] cases = {
      {Reaction.NONE, false},
      {Reaction.NONE, true},
      {Reaction.LIKE, true},
      {Reaction.DOUBLE_LIKE, true},
      {Reaction.DISLIKE, true}
    };
    float[] rates = {0.2f, 0.05f, 0.2f, 0.4f, -0.05f};
    for (int i = 0; i < cases.length; i++) {
      float[] estimate = {9, 0.5f, -0.5f, 9};
      PreferenceEstimate.learn(estimate, 1, item, (Reaction) cases[i][0], (Boolean) cases[i][1]);
      float[] expected = {9, 0.5f + rates[i] * (1 - 0.5f), -0.5f + rates[i] * (2 + 0.5f), 9};
      assertArrayEquals(expected, estimate, 1e-6f, cases[i][0] + ", " + cases[i][1]);
    }
  }
}
