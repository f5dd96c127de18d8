package dev.slate.sim.engine;

import dev.slate.kernel.ItemSet;
import dev.slate.kernel.Query;
import dev.slate.kernel.Searcher;
import dev.slate.kernel.Slate;
import dev.slate.sim.History;
import dev.slate.sim.ItemCatalog;
import dev.slate.sim.RunSettings;
import dev.slate.sim.SelectorContext;
import dev.slate.sim.SlateBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The {@link SelectorContext} of one thread, over the kernel's index. Entered anew for each user;
 * owns the searcher and all scratch.
 */
final class IndexedContext implements SelectorContext {
  /** Draws in vain before a slate is filled up by walking through the catalogue. */
  private static final int PATIENCE = 64;

  /** How many times more items are fetched where a slate does not admit all of the nearest. */
  private static final int WIDER = 8;

  private final RunSettings settings;
  private final ItemCatalog catalog;
  private final ItemSampler sampler;
  private final Searcher searcher;
  private final Query query = Query.of(new float[0]);
  private final List<Slate> slates = new ArrayList<>();
  private final float[] preference;
  private final RandomStreams random;
  private final PickLog.View history;
  private @Nullable ItemSet denied;
  private int user;
  private int step;
  private float recentMovement;

  /**
   * Creates the context of one thread.
   *
   * @param settings the run
   * @param sampler how items are drawn, shared by all threads
   * @param random the streams of this thread
   * @param log the picks of all users
   */
  IndexedContext(RunSettings settings, ItemSampler sampler, RandomStreams random, PickLog log) {
    this.settings = settings;
    this.catalog = settings.catalog();
    this.sampler = sampler;
    this.random = random;
    this.history = log.view();
    this.searcher = catalog.index().searcher();
    this.preference = new float[catalog.dimensions()];
  }

  /**
   * Lets the next user in. Her stream must have been entered.
   *
   * @param user the user
   * @param step the step
   * @param known her preference as the system knows it, d attributes from {@code at}
   * @param at position in {@code known}
   * @param recentMovement how far she moved of late
   */
  public void enter(int user, int step, float[] known, int at, float recentMovement) {
    this.user = user;
    this.history.user = user;
    this.step = step;
    this.recentMovement = recentMovement;
    System.arraycopy(known, at, preference, 0, preference.length);
  }

  @Override
  public int user() {
    return user;
  }

  @Override
  public int step() {
    return step;
  }

  @Override
  public float[] preference() {
    return preference;
  }

  @Override
  public float recentMovement() {
    return recentMovement;
  }

  @Override
  public RandomGenerator random() {
    return random;
  }

  @Override
  public History history() {
    return history;
  }

  @Override
  public RunSettings settings() {
    return settings;
  }

  @Override
  public int randomItem() {
    return sampler.next(random);
  }

  @Override
  public Slate nearest(float[] point, int k) {
    Slate slate = slate(Math.min(k, catalog.size()));
    searcher.search(query.vector(point).allow(settings.eligible()).deny(null), slate);
    return slate;
  }

  @Override
  public void fillNearest(float[] point, SlateBuilder slate) {
    int wanted = Math.min(slate.k(), settings.eligibleItems());
    if (slate.size() < wanted) {
      take(nearest(point, wanted), slate);
    }
    if (slate.size() < wanted) {
      take(nearest(point, (int) Math.min((long) WIDER * wanted, catalog.size())), slate);
    }
    while (slate.size() < wanted) {
      ItemSet used = used(slate);
      Slate more = slate(wanted);
      searcher.search(query.vector(point).allow(settings.eligible()).deny(used), more);
      if (more.size() == 0) {
        return;
      }
      take(more, slate);
    }
  }

  private static void take(Slate found, SlateBuilder slate) {
    for (int i = 0; i < found.size() && !slate.full(); i++) {
      slate.add(found.ordinal(i));
    }
  }

  /** What the slate holds, and all items of authors of whom it has enough. */
  private ItemSet used(SlateBuilder slate) {
    ItemSet used = denied == null ? ItemSet.unbound(catalog.size()) : denied.clear();
    denied = used;
    for (int i = 0; i < slate.size(); i++) {
      used.add(slate.item(i));
      int author = catalog.author(slate.item(i));
      if (slate.exhausted(author)) {
        sampler.itemsOf(author, used);
      }
    }
    return used;
  }

  @Override
  public void fillRandom(SlateBuilder slate) {
    int wanted = Math.min(slate.k(), settings.eligibleItems());
    for (int vain = 0; slate.size() < wanted && vain < PATIENCE; ) {
      vain = slate.add(sampler.next(random)) ? 0 : vain + 1;
    }
    if (slate.size() < wanted) {
      sampler.walk(random, slate, wanted);
    }
  }

  private Slate slate(int k) {
    for (Slate slate : slates) {
      if (slate.k() == k) {
        return slate;
      }
    }
    Slate slate = new Slate(k);
    slates.add(slate);
    return slate;
  }
}
