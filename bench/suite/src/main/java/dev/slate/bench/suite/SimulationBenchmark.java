package dev.slate.bench.suite;

import dev.slate.sim.ItemCatalog;
import dev.slate.sim.Selectors;
import dev.slate.sim.Simulation;
import dev.slate.sim.StepObserver;
import dev.slate.sim.catalog.CatalogLoader;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * The closed loop on the built-in catalogue: 30 users, 30 steps, slates of 5, one thread. An
 * operation is one step of one user: a slate is shown, an item is picked, and the preference moves.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 5, jvmArgsPrepend = "--add-modules=jdk.incubator.vector")
public class SimulationBenchmark {
  static final int USERS = 30;
  static final int STEPS = 30;
  static final int K = 5;

  private static final long SEED = 7;

  /** Who fills the slates. */
  @Param({"nearest", "random", "advertisement", "nearest-half-random"})
  public String selector = "nearest";

  private ItemCatalog catalog;

  /** JMH creates it. */
  public SimulationBenchmark() {}

  /** Opens the catalogue and builds its index, which the first run would do otherwise. */
  @Setup
  public void open() {
    catalog = CatalogLoader.open("memotion", null, SEED);
    catalog.index();
  }

  /**
   * Runs from the start to the end, always with the same outcome.
   *
   * @return the number of steps
   */
  @Benchmark
  @OperationsPerInvocation(USERS * STEPS)
  public int run() {
    return simulate();
  }

  int simulate(StepObserver... observers) {
    return new Simulation(catalog, Selectors.create(selector))
        .size(USERS, STEPS, K)
        .seed(SEED, 0)
        .run(observers);
  }

  /** The items of the catalogue, row by row. */
  float[][] items() {
    float[][] items = new float[catalog.size()][catalog.dimensions()];
    for (int i = 0; i < items.length; i++) {
      catalog.read(i, items[i]);
    }
    return items;
  }
}
