package dev.slate.bench.suite;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slate.bench.dataset.DataSet;
import dev.slate.bench.dataset.ExactAnswers;
import dev.slate.bench.dataset.WrongAnswer;
import dev.slate.bench.suite.FilterState.Filter;
import dev.slate.bench.suite.SelectionBenchmark.Order;
import dev.slate.data.Distribution;
import dev.slate.kernel.Index;
import dev.slate.kernel.Metric;
import dev.slate.kernel.Slate;
import dev.slate.kernel.select.Candidate;
import dev.slate.sim.StepState;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is timed is right: selection, filters, builds, updates and the simulation. */
class AnswersOfOtherBenchmarksTest extends SmallWorkloads {
  @ParameterizedTest
  @EnumSource
  void theSelectionKeepsWhatSortingFinds(Order order) {
    for (int k : new int[] {1, K, 64, 65, 500, N, N + 1}) {
      SelectionBenchmark benchmark = new SelectionBenchmark();
      benchmark.n = N;
      benchmark.k = k;
      benchmark.order = order;
      benchmark.draw();
      assertEquals(Math.min(k, N), benchmark.select());
      float[] keys = new float[N];
      SplittableRandom random = new SplittableRandom(1);
      for (int i = 0; i < N; i++) {
        keys[i] = (float) random.nextDouble();
      }
      int[] right =
          IntStream.range(0, N)
              .boxed()
              .sorted((a, b) -> Float.compare(keys[a], keys[b]))
              .limit(k)
              .mapToInt(i -> i)
              .toArray();
      int[] kept = Arrays.stream(benchmark.kept()).mapToInt(Candidate::ordinal).toArray();
      assertArrayEquals(right, kept, order + ", k = " + k);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aFilteredSearchAnswersAsTheNaiveLoop(Metric metric) throws IOException {
    boolean allow = true;
    for (StrategyChoice strategy : StrategyChoice.values()) {
      for (double density : new double[] {0.005, 0.1, 0.9}) {
        FilterState state = shaped(new FilterState(), Distribution.CLUSTERED, metric);
        state.filter = allow ? Filter.ALLOW : Filter.DENY;
        allow = !allow;
        state.density = density;
        state.strategy = strategy;
        state.build();
        boolean[] in = new boolean[N];
        state.admitted().forEach(i -> in[i] = true);
        assertEquals(density, (double) state.admitted().count() / N, 0.05);
        float[][] items = items(state);
        FilterBenchmark benchmark = new FilterBenchmark();
        for (int q = 0; q < 20; q++) {
          List<Naive.Hit> right =
              Naive.search(items, metric, state.data.queries()[q], N).stream()
                  .filter(hit -> in[hit.ordinal()])
                  .limit(K)
                  .toList();
          assertEquals(right, hits(benchmark.search(state)), strategy + " " + density);
        }
        state.stop();
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatIsBuiltAnswersAsTheNaiveLoop(StrategyChoice strategy) throws IOException {
    BuildState state = shaped(new BuildState(), Distribution.CLUSTERED, Metric.EUCLIDEAN);
    state.strategy = strategy;
    state.threads = 2;
    state.prepare();
    Index index = new BuildBenchmark().build(state);
    Slate slate = new Slate(K);
    float[][] items = items(state);
    for (int q = 0; q < 20; q++) {
      index.searcher().search(state.data.queries()[q], slate);
      assertEquals(Naive.search(items, state.metric, state.data.queries()[q], K), hits(slate));
    }
    ExactAnswers answers = state.answers();
    answers.ordinals()[5][0]++;
    WrongAnswer refused = assertThrows(WrongAnswer.class, () -> state.check(index, answers));
    assertTrue(refused.getMessage().contains("query 5"), refused::getMessage);
    state.stop();
  }

  /** Readers see the version that was swapped in last, whole. */
  @Test
  void aLiveUpdateAnswersAsTheNaiveLoopOnItsVersion() {
    UpdateState state = shaped(new UpdateState(), Distribution.CLUSTERED, Metric.EUCLIDEAN);
    state.prepare();
    int q = 0;
    for (int version : new int[] {1, 0, 1}) {
      state.swap(version);
      float[][] items = items(state.version(version));
      for (int end = q + 20; q < end; q++) {
        float[] query = state.data.queries()[q];
        assertEquals(
            Naive.search(items, state.metric, query, K), hits(new UpdateBenchmark().search(state)));
      }
    }
    state.stop();
  }

  @Test
  @Timeout(60)
  void updatesGoOnBesideTheSearches() {
    UpdateState state = shaped(new UpdateState(), Distribution.CLUSTERED, Metric.EUCLIDEAN);
    state.updating = true;
    state.begin();
    float[] query = state.data.queries()[0];
    Set<List<Naive.Hit>> right =
        Set.of(
            Naive.search(items(state.version(0)), state.metric, query, N),
            Naive.search(items(state.version(1)), state.metric, query, N));
    assertEquals(2, right.size());
    state.slate = new Slate(N);
    Set<List<Naive.Hit>> seen = new HashSet<>();
    while (seen.size() < 2) {
      state.search(query);
      seen.add(hits(state.slate));
    }
    assertEquals(right, seen);
    state.stop();
  }

  @Test
  void whatIsLoadedAnswersAsTheNaiveLoop() throws IOException {
    LoadBenchmark benchmark = new LoadBenchmark();
    benchmark.n = N;
    benchmark.d = 3;
    benchmark.write();
    Index index = benchmark.load();
    assertTrue(benchmark.read() > 4L * N * benchmark.d);
    benchmark.delete();
    DataSet same = DataSet.of(Distribution.UNIFORM, N, benchmark.d);
    float[][] items = items(same);
    Slate slate = new Slate(K);
    for (int q = 0; q < 20; q++) {
      index.searcher().search(same.queries()[q], slate);
      assertEquals(Naive.search(items, Metric.EUCLIDEAN, same.queries()[q], K), hits(slate));
    }
  }

  /** Where everybody is and what they were shown, step by step. */
  private static List<String> film(SimulationBenchmark benchmark) {
    List<String> film = new ArrayList<>();
    benchmark.simulate(
        state -> {
          for (int user = 0; user < state.users(); user++) {
            film.add(Arrays.toString(preference(state, user)) + shown(state, user));
          }
        });
    return film;
  }

  private static float[] preference(StepState state, int user) {
    float[] preference = new float[5];
    for (int j = 0; j < preference.length; j++) {
      preference[j] = state.preference(user, j);
    }
    return preference;
  }

  private static List<Integer> shown(StepState state, int user) {
    return IntStream.range(0, state.shown(user)).mapToObj(r -> state.item(user, r)).toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"nearest", "random", "advertisement", "nearest-half-random"})
  void theSimulationShowsAFullSlateToEveryUserAtEveryStep(String selector) {
    SimulationBenchmark benchmark = new SimulationBenchmark();
    benchmark.selector = selector;
    benchmark.open();
    assertEquals(SimulationBenchmark.STEPS, benchmark.run());
    List<String> film = film(benchmark);
    assertEquals(film, film(benchmark), "another outcome");
    int[] shown = {0};
    benchmark.simulate(
        state -> {
          for (int user = 0; state.step() > 0 && user < state.users(); user++) {
            List<Integer> slate = shown(state, user);
            assertEquals(SimulationBenchmark.K, slate.stream().distinct().count());
            shown[0]++;
          }
        });
    assertEquals(SimulationBenchmark.USERS * SimulationBenchmark.STEPS, shown[0]);
  }

  @Test
  void nearestShowsWhatTheNaiveLoopFinds() {
    SimulationBenchmark benchmark = new SimulationBenchmark();
    benchmark.open();
    float[][] items = benchmark.items();
    float[][] before = new float[SimulationBenchmark.USERS][];
    int[] compared = {0};
    benchmark.simulate(
        state -> {
          for (int user = 0; user < state.users(); user++) {
            if (state.step() == 1 || state.step() == SimulationBenchmark.STEPS) {
              List<Integer> right =
                  Naive.search(items, Metric.EUCLIDEAN, before[user], SimulationBenchmark.K)
                      .stream()
                      .map(Naive.Hit::ordinal)
                      .toList();
              assertEquals(right, shown(state, user), "user " + user);
              compared[0]++;
            }
            before[user] = preference(state, user);
          }
        });
    assertEquals(2 * SimulationBenchmark.USERS, compared[0]);
  }
}
