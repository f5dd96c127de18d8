package dev.slate.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slate.kernel.Catalog;
import dev.slate.kernel.ItemSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What every {@link Selector} promises. Extend it to find out whether yours keeps it:
 *
 * <pre>{@code
 * class MySelectorTest extends SelectorContract {
 *   protected Selector selector() {
 *     return new MySelector();
 *   }
 * }
 * }</pre>
 *
 * <p>It comes in the {@code contract} jar of {@code slate-sim} and needs JUnit 5.
 */
public abstract class SelectorContract {
  private static final int USERS = 60;
  private static final int STEPS = 12;
  private static final int RUNS = 8;
  private static final Duration HANGS = Duration.ofSeconds(60);

  /**
   * The selector to test.
   *
   * @return a new instance at each call
   */
  protected abstract Selector selector();

  /**
   * The smallest slate that the selector can fill.
   *
   * @return 1 unless overridden
   */
  protected int smallestSlate() {
    return 1;
  }

  /**
   * How long a visit may take, on average and once warm: for the smallest slate, for one of 10, and
   * for one that is larger than the catalogue.
   *
   * @return 1 ms unless overridden
   */
  protected Duration perVisit() {
    return Duration.ofMillis(1);
  }

  @Test
  void hasANameForTheCommandLine() {
    assertTrue(selector().name().matches("[a-z][a-z0-9]*(-[a-z0-9]+)*"), selector().name());
    assertFalse(selector().description().isBlank());
  }

  @Test
  void returnsKItems() {
    for (int k : new int[] {smallestSlate(), 5, 20}) {
      for (List<Integer> slate : slates(catalog(300), k, null, 1)) {
        assertEquals(Math.max(k, smallestSlate()), slate.size());
      }
    }
  }

  @Test
  void returnsAllWhereKIsLarger() {
    for (List<Integer> slate : slates(catalog(40), 64, null, 1)) {
      assertEquals(40, slate.size());
    }
  }

  @Test
  void repeatsNothing() {
    for (List<Integer> slate : slates(catalog(300), 10, null, 1)) {
      assertEquals(slate.size(), new HashSet<>(slate).size());
    }
  }

  @Test
  void isStable() {
    ItemCatalog catalog = catalog(300);
    List<List<Integer>> once = slates(catalog, 7, null, 1);
    assertEquals(once, slates(catalog, 7, null, 1), "a second run");
    assertEquals(once, slates(catalog, 7, null, 3), "three threads");
  }

  @Test
  void showsEligibleItemsOnly() {
    ItemCatalog catalog = catalog(300);
    ItemSet eligible = new ItemSet(catalog.size());
    for (int item = 0; item < catalog.size(); item += 3) {
      eligible.add(item);
    }
    for (List<Integer> slate : slates(catalog, 7, eligible, 1)) {
      assertEquals(7, slate.size());
      assertTrue(slate.stream().allMatch(eligible::contains));
    }
  }

  @Test
  void isInTime() {
    assertTimeoutPreemptively(
        HANGS,
        () -> {
          ItemCatalog large = catalog(5_000);
          isInTime(large, smallestSlate());
          isInTime(large, 10);
          isInTime(catalog(40), 64);
        },
        "still at it after " + HANGS);
  }

  /** The fastest of a few runs is the one that was warm and that nothing else disturbed. */
  private void isInTime(ItemCatalog catalog, int k) {
    long fastest = Long.MAX_VALUE;
    for (int run = 0; run < RUNS && fastest > perVisit().toNanos(); run++) {
      long start = System.nanoTime();
      slates(catalog, k, null, 1);
      fastest = Math.min(fastest, (System.nanoTime() - start) / (USERS * STEPS));
    }
    long nanos = fastest;
    assertTrue(
        nanos <= perVisit().toNanos(),
        () -> nanos + " ns a visit for slates of " + k + " from " + catalog.size() + " items");
  }

  private List<List<Integer>> slates(ItemCatalog catalog, int k, ItemSet eligible, int threads) {
    List<List<Integer>> slates = new ArrayList<>();
    new Simulation(catalog, selector())
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
        "contract", Catalog.of(rows, 5), attributes, i -> "item " + i, authors, authorOf, 0);
  }
}
