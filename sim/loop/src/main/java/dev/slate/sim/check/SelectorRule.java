package dev.slate.sim.check;

import dev.slate.kernel.Catalog;
import dev.slate.kernel.ItemSet;
import dev.slate.sim.ItemCatalog;
import dev.slate.sim.Selector;
import dev.slate.sim.SettingException;
import dev.slate.sim.Simulation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A promise of every {@link Selector}, as a rule that can be run. It runs the selector on small
 * catalogues with the same seed.
 */
public enum SelectorRule {
  /** Lower case words joined by hyphens, and a description. */
  NAME("has a name for the command line and a description") {
    @Override
    @Nullable String breach(Supplier<Selector> selector, int smallest) {
      Selector one = selector.get();
      if (!one.name().matches("[a-z][a-z0-9]*(-[a-z0-9]+)*")) {
        return "'" + one.name() + "' is not lower case words joined by hyphens";
      }
      return one.description().isBlank() ? "the description is empty" : null;
    }
  },
  /** k items, whatever k is. */
  FILLS("fills every place, for slates of 1, 5 and 20") {
    @Override
    @Nullable String breach(Supplier<Selector> selector, int smallest) {
      for (int k : new int[] {smallest, 5, 20}) {
        String breach = sized(slates(selector, catalog(300), k, null, 1), Math.max(k, smallest));
        if (breach != null) {
          return breach;
        }
      }
      return null;
    }
  },
  /** All n items where there are fewer than k. */
  SHOWS_ALL("shows all 40 items where the slate has 64 places") {
    @Override
    @Nullable String breach(Supplier<Selector> selector, int smallest) {
      return sized(slates(selector, catalog(40), 64, null, 1), 40);
    }
  },
  /** No item twice on a slate. */
  REPEATS_NOTHING("shows no item twice on a slate") {
    @Override
    @Nullable String breach(Supplier<Selector> selector, int smallest) {
      for (List<Integer> slate : slates(selector, catalog(300), 10, null, 1)) {
        if (new HashSet<>(slate).size() < slate.size()) {
          return "the slate " + slate;
        }
      }
      return null;
    }
  },
  /** The same seed gives the same slates, on any number of threads. */
  SAME("gives the same slates again, and on three threads") {
    @Override
    @Nullable String breach(Supplier<Selector> selector, int smallest) {
      ItemCatalog catalog = catalog(300);
      List<List<Integer>> once = slates(selector, catalog, 7, null, 1);
      if (!once.equals(slates(selector, catalog, 7, null, 1))) {
        return "a second run with the same seed differs";
      }
      return once.equals(slates(selector, catalog, 7, null, 3)) ? null : "three threads differ";
    }
  },
  /** Only what the filters let through. */
  ELIGIBLE("shows only what the filters let through") {
    @Override
    @Nullable String breach(Supplier<Selector> selector, int smallest) {
      ItemCatalog catalog = catalog(300);
      ItemSet eligible = ItemSet.unbound(catalog.size());
      for (int item = 0; item < catalog.size(); item += 3) {
        eligible.add(item);
      }
      List<List<Integer>> slates = slates(selector, catalog, 7, eligible, 1);
      for (List<Integer> slate : slates) {
        for (int item : slate) {
          if (!eligible.contains(item)) {
            return "shows item " + item + ", which the filters keep out";
          }
        }
      }
      return sized(slates, 7);
    }
  };

  private static final int USERS = 60;
  private static final int STEPS = 12;
  private static final Duration HANGS = Duration.ofSeconds(60);

  private final String promise;

  SelectorRule(String promise) {
    this.promise = promise;
  }

  /** The promise, as the end of a sentence that begins with the selector's name. */
  public String promise() {
    return promise;
  }

  abstract @Nullable String breach(Supplier<Selector> selector, int smallest);

  /**
   * Runs the rule. A rule that is still at it after a minute is broken.
   *
   * @param selector makes a new instance at each call
   * @param smallest the smallest slate that the selector can fill
   * @return how it is broken; null if it is kept
   */
  public @Nullable String check(Supplier<Selector> selector, int smallest) {
    FutureTask<@Nullable String> task = new FutureTask<>(() -> breach(selector, smallest));
    Thread thread = new Thread(task, "rule " + this);
    thread.setDaemon(true);
    thread.start();
    try {
      return task.get(HANGS.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return "does not end within " + HANGS.toSeconds() + " s";
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      if (cause instanceof SettingException refused) {
        // Its message begins with the name of the setting.
        return refused.problem();
      }
      return String.valueOf(cause.getMessage() == null ? cause : cause.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "interrupted";
    }
  }

  private static @Nullable String sized(List<List<Integer>> slates, int size) {
    for (List<Integer> slate : slates) {
      if (slate.size() != size) {
        return slate.size() + " items where " + size + " are wanted";
      }
    }
    return null;
  }

  private static List<List<Integer>> slates(
      Supplier<Selector> selector,
      ItemCatalog catalog,
      int k,
      @Nullable ItemSet eligible,
      int threads) {
    List<List<Integer>> slates = new ArrayList<>();
    new Simulation(catalog, selector.get())
        .size(USERS, STEPS, k)
        .threads(threads)
        .eligible(eligible)
        .editorial(IntStream.range(0, catalog.size()).boxed().toList())
        .run(
            state -> {
              for (int user = 0; state.step() > 0 && user < USERS; user++) {
                int of = user;
                slates.add(
                    IntStream.range(0, state.shown(user))
                        .mapToObj(rank -> state.item(of, rank))
                        .toList());
              }
            });
    return slates;
  }

  private static ItemCatalog catalog(int n) {
    Random random = new Random(n);
    float[] rows = new float[n * 5];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = (random.nextInt(9) - 4) / 4f;
    }
    List<String> authors = List.of("Ann", "Bob", "Cid", "Dee");
    int[] authorOf = random.ints(n, 0, authors.size()).toArray();
    List<String> attributes = List.of("a", "b", "c", "d", "e");
    return new ItemCatalog(
        "check", Catalog.of(rows, 5), attributes, i -> "item " + i, authors, authorOf, 0);
  }
}
