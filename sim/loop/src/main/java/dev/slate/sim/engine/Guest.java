package dev.slate.sim.engine;

import dev.slate.kernel.ItemSet;
import dev.slate.kernel.Query;
import dev.slate.kernel.Searcher;
import dev.slate.kernel.Slate;
import dev.slate.sim.Offer;
import dev.slate.sim.Setting;
import dev.slate.sim.Visit;
import dev.slate.sim.World;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** One thread's visit, entered anew for each user. Owns the searcher and all scratch. */
public final class Guest implements Visit {
  /** Draws in vain before a slate is filled up by walking through the catalogue. */
  private static final int PATIENCE = 64;

  /** How many times more items are fetched where a slate does not admit all of the nearest. */
  private static final int WIDER = 8;

  private final Setting setting;
  private final World world;
  private final Draw draw;
  private final Searcher searcher;
  private final Query query = Query.of(new float[0]);
  private final List<Slate> slates = new ArrayList<>();
  private final float[] preference;
  private final Luck luck;
  private @Nullable ItemSet denied;
  private int user;
  private int step;
  private float recentMovement;

  /**
   * Creates the visit of one thread.
   *
   * @param setting the run
   * @param draw how items are drawn, shared by all threads
   * @param luck the streams of this thread
   */
  public Guest(Setting setting, Draw draw, Luck luck) {
    this.setting = setting;
    this.world = setting.world();
    this.draw = draw;
    this.luck = luck;
    this.searcher = world.index().searcher();
    this.preference = new float[world.dimensions()];
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
    return luck;
  }

  @Override
  public Setting setting() {
    return setting;
  }

  @Override
  public int randomItem() {
    return draw.next(luck);
  }

  @Override
  public Slate nearest(float[] point, int k) {
    Slate slate = slate(Math.min(k, world.size()));
    searcher.search(query.vector(point).allow(setting.eligible()).deny(null), slate);
    return slate;
  }

  @Override
  public void fillNearest(float[] point, Offer offer) {
    int wanted = Math.min(offer.k(), setting.eligibleItems());
    if (offer.size() < wanted) {
      take(nearest(point, wanted), offer);
    }
    if (offer.size() < wanted) {
      take(nearest(point, (int) Math.min((long) WIDER * wanted, world.size())), offer);
    }
    while (offer.size() < wanted) {
      ItemSet used = used(offer);
      Slate more = slate(wanted);
      searcher.search(query.vector(point).allow(setting.eligible()).deny(used), more);
      if (more.size() == 0) {
        return;
      }
      take(more, offer);
    }
  }

  private static void take(Slate found, Offer offer) {
    for (int i = 0; i < found.size() && !offer.full(); i++) {
      offer.add(found.ordinal(i));
    }
  }

  /** What the slate holds, and all items of authors of whom it has enough. */
  private ItemSet used(Offer offer) {
    ItemSet used = denied == null ? new ItemSet(world.size()) : denied.clear();
    denied = used;
    for (int i = 0; i < offer.size(); i++) {
      used.add(offer.item(i));
      int author = world.author(offer.item(i));
      if (offer.exhausted(author)) {
        draw.itemsOf(author, used);
      }
    }
    return used;
  }

  @Override
  public void fillRandom(Offer offer) {
    int wanted = Math.min(offer.k(), setting.eligibleItems());
    for (int vain = 0; offer.size() < wanted && vain < PATIENCE; ) {
      vain = offer.add(draw.next(luck)) ? 0 : vain + 1;
    }
    if (offer.size() < wanted) {
      draw.walk(luck, offer, wanted);
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
