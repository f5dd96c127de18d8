package dev.slate.sim.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slate.sim.RunSettings;
import dev.slate.sim.Selector;
import dev.slate.sim.SelectorContext;
import dev.slate.sim.SettingException;
import dev.slate.sim.Simulation;
import dev.slate.sim.SlateBuilder;
import dev.slate.sim.StepState;
import dev.slate.sim.TestCatalogs;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a selector is told, and what becomes of its failures. */
class StepEngineTest {
  private static final int USERS = 40;

  /** Notes each call, and fills slates in a way of its own. */
  private static final class Noting implements Selector {
    final List<String> calls = new ArrayList<>();
    private final BiConsumer<SelectorContext, SlateBuilder> way;

    Noting(BiConsumer<SelectorContext, SlateBuilder> way) {
      this.way = way;
    }

    @Override
    public String name() {
      return "noting";
    }

    @Override
    public String description() {
      return "notes what it is told";
    }

    @Override
    public void open(RunSettings settings) {
      calls.add("open " + settings.k());
    }

    @Override
    public void beforeStep(StepState state) {
      calls.add("before " + state.step());
    }

    @Override
    public void select(SelectorContext context, SlateBuilder slate) {
      way.accept(context, slate);
    }
  }

  private static Simulation simulation(Selector selector, int threads) {
    return new Simulation(TestCatalogs.four(), selector).size(USERS, 3, 2).threads(threads);
  }

  @Test
  void tellsASelectorOfTheRunAndOfEachStep() {
    Noting selector = new Noting((context, slate) -> context.fillRandom(slate));
    List<Integer> seen = new ArrayList<>();
    assertEquals(3, simulation(selector, 1).run(state -> seen.add(state.step())));
    assertEquals(List.of("open 2", "before 1", "before 2", "before 3"), selector.calls);
    assertEquals(List.of(0, 1, 2, 3), seen);
  }

  @Test
  void stopsBetweenSteps() {
    Noting selector = new Noting((context, slate) -> context.fillRandom(slate));
    boolean[] stop = {false};
    int steps =
        simulation(selector, 2).stopWhen(() -> stop[0]).run(state -> stop[0] = state.step() == 2);
    assertEquals(2, steps);
    assertEquals(List.of("open 2", "before 1", "before 2"), selector.calls);
  }

  /** One who is not trusted is asked twice, to see whether the answers are equal. */
  @Test
  void servesEachUserOnceInAStep() {
    for (int threads : new int[] {1, 2, 3, USERS + 5}) {
      ConcurrentHashMap<String, Integer> served = new ConcurrentHashMap<>();
      Noting selector =
          new Noting(
              (context, slate) -> {
                served.merge(context.step() + " " + context.user(), 1, Integer::sum);
                context.fillRandom(slate);
              });
      simulation(selector, threads).run();
      ConcurrentHashMap<String, Integer> expected = new ConcurrentHashMap<>();
      IntStream.rangeClosed(1, 3)
          .forEach(
              step ->
                  IntStream.range(0, USERS).forEach(user -> expected.put(step + " " + user, 2)));
      assertEquals(expected, served, threads + " threads");
    }
  }

  /** The first two users of a step wait for each other. */
  @Test
  void threadsServeAtTheSameTime() {
    CountDownLatch both = new CountDownLatch(2);
    Noting selector =
        new Noting(
            (context, slate) -> {
              both.countDown();
              await(both);
              context.fillRandom(slate);
            });
    assertEquals(3, simulation(selector, 2).run());
  }

  private static void await(CountDownLatch latch) {
    try {
      assertTrue(latch.await(20, TimeUnit.SECONDS), "nobody else came");
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Whoever serves the user at whom a selector fails, the caller of run is told. */
  @Test
  void aFailureOfASelectorIsThatOfTheRun() {
    IllegalStateException failure = new IllegalStateException("no idea");
    for (int threads : new int[] {1, 2, 3}) {
      for (int bad = 0; bad < USERS; bad++) {
        int user = bad;
        Noting selector =
            new Noting(
                (context, slate) -> {
                  if (context.user() == user) {
                    throw failure;
                  }
                  context.fillRandom(slate);
                });
        Simulation simulation = simulation(selector, threads);
        assertSame(failure, assertThrows(SettingException.class, simulation::run).getCause());
      }
    }
  }
}
