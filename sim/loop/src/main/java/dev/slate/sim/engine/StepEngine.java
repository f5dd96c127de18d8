package dev.slate.sim.engine;

import dev.slate.sim.RunSettings;
import dev.slate.sim.Selector;
import dev.slate.sim.StepObserver;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Carries out steps. Threads claim ranges of users in {@link ServingOrder}; a user's step writes
 * her own rows only, so neither the order nor the number of threads changes the result.
 */
public final class StepEngine {
  /** Users that a thread claims at once, at most. */
  private static final int PART = 256;

  private final Population population;
  private final Selector selector;
  private final RandomStreams random;
  private final ServingOrder order;
  private final UserStep[] workers;
  private final int part;
  private final float @Nullable [] start;
  private final AtomicInteger next = new AtomicInteger();

  /** Prepares everything but the selector's own preparation. */
  public StepEngine(
      RunSettings settings,
      Selector selector,
      int users,
      UserModel model,
      int perAuthor,
      long seed,
      int replication,
      int threads,
      float @Nullable [] start) {
    this.selector = selector;
    this.start = start;
    this.population =
        new Population(
            settings, users, model.behavior(), model.feedback().given(), selector.history());
    this.random = new RandomStreams(seed, replication);
    this.order = new ServingOrder(population);
    double[][] ranks = new double[population.k + 1][];
    for (int size = 1; size <= population.k; size++) {
      ranks[size] = model.choice().cumulative(size);
    }
    ItemSampler sampler = new ItemSampler(settings);
    BehaviorModel behaviorModel = new BehaviorModel(population, model.behavior(), random);
    int count = Math.min(threads, users);
    this.workers = new UserStep[count];
    for (int i = 0; i < count; i++) {
      RandomStreams own = new RandomStreams(seed, replication);
      workers[i] =
          new UserStep(
              population,
              selector,
              new IndexedContext(settings, sampler, own, population.log),
              own,
              ranks,
              model,
              behaviorModel,
              perAuthor);
    }
    this.part = Math.clamp(users / (4L * count), 1, PART);
  }

  /**
   * Runs.
   *
   * @return how many steps were taken
   */
  public int run(int steps, List<StepObserver> observers, BooleanSupplier stop) {
    selector.open(population.settings);
    population.begin(random, start);
    observers.forEach(observer -> observer.observe(population));
    int step = 0;
    try (ExecutorService others = Executors.newFixedThreadPool(Math.max(1, workers.length - 1))) {
      while (step < steps && !stop.getAsBoolean()) {
        population.step = ++step;
        selector.beforeStep(population);
        order.arrange();
        serve(others);
        observers.forEach(observer -> observer.observe(population));
      }
    }
    return step;
  }

  private void serve(ExecutorService others) {
    next.set(0);
    List<? extends Future<?>> running =
        IntStream.range(1, workers.length)
            .mapToObj(i -> others.submit(() -> serve(workers[i])))
            .toList();
    try {
      serve(workers[0]);
    } finally {
      next.addAndGet(population.users);
      running.forEach(StepEngine::join);
    }
  }

  private void serve(UserStep worker) {
    for (long p = next.getAndIncrement(); p * part < population.users; p = next.getAndIncrement()) {
      int end = (int) Math.min(population.users, (p + 1) * part);
      for (int place = (int) p * part; place < end; place++) {
        int user = order.user(place);
        if (population.enters(user)) {
          worker.serve(user);
        }
      }
    }
  }

  private static void join(Future<?> future) {
    try {
      future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    }
  }
}
