package dev.slate.sim.engine;

import dev.slate.sim.Choice;
import dev.slate.sim.Drift;
import dev.slate.sim.Habits;
import dev.slate.sim.Observer;
import dev.slate.sim.Selector;
import dev.slate.sim.Setting;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/**
 * Takes steps: threads claim runs of users, in the order of the {@link Round}, and each user's step
 * touches her own rows only, so that neither the order nor the number of threads shows.
 */
public final class Engine {
  /** Users that a thread claims at once, at most. */
  private static final int PART = 256;

  private final Crowd crowd;
  private final Selector selector;
  private final Luck luck;
  private final Round round;
  private final Host[] hosts;
  private final int part;
  private final AtomicInteger next = new AtomicInteger();

  /** Prepares everything but the selector's own preparation. */
  public Engine(
      Setting setting,
      Selector selector,
      int users,
      Choice choice,
      Drift drift,
      Habits habits,
      int perAuthor,
      long seed,
      int replication,
      int threads) {
    this.selector = selector;
    this.crowd = new Crowd(setting, users, habits);
    this.luck = new Luck(seed, replication);
    this.round = new Round(crowd);
    double[][] ranks = new double[crowd.k + 1][];
    for (int size = 1; size <= crowd.k; size++) {
      ranks[size] = choice.cumulative(size);
    }
    Draw draw = new Draw(setting);
    Temper temper = new Temper(crowd, habits, luck);
    int workers = Math.min(threads, users);
    this.hosts = new Host[workers];
    for (int i = 0; i < workers; i++) {
      Luck own = new Luck(seed, replication);
      hosts[i] =
          new Host(
              crowd, selector, new Guest(setting, draw, own), own, ranks, drift, temper, perAuthor);
    }
    this.part = Math.clamp(users / (4L * workers), 1, PART);
  }

  /**
   * Runs.
   *
   * @return how many steps were taken
   */
  public int run(int steps, List<Observer> observers, BooleanSupplier stop) {
    selector.open(crowd.setting);
    crowd.begin(luck);
    observers.forEach(observer -> observer.see(crowd));
    int step = 0;
    try (ExecutorService others = Executors.newFixedThreadPool(Math.max(1, hosts.length - 1))) {
      while (step < steps && !stop.getAsBoolean()) {
        crowd.step = ++step;
        selector.beforeStep(crowd);
        round.arrange();
        serve(others);
        observers.forEach(observer -> observer.see(crowd));
      }
    }
    return step;
  }

  private void serve(ExecutorService others) {
    next.set(0);
    List<? extends Future<?>> running =
        IntStream.range(1, hosts.length)
            .mapToObj(i -> others.submit(() -> serve(hosts[i])))
            .toList();
    try {
      serve(hosts[0]);
    } finally {
      next.addAndGet(crowd.users);
      running.forEach(Engine::join);
    }
  }

  private void serve(Host host) {
    for (long p = next.getAndIncrement(); p * part < crowd.users; p = next.getAndIncrement()) {
      int end = (int) Math.min(crowd.users, (p + 1) * part);
      for (int place = (int) p * part; place < end; place++) {
        int user = round.user(place);
        if (crowd.enters(user)) {
          host.serve(user);
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
