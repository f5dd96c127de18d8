package dev.slate.sim.select;

import dev.slate.kernel.Slate;
import dev.slate.sim.Selector;
import dev.slate.sim.SelectorContext;
import dev.slate.sim.SlateBuilder;

/**
 * The k - 1 nearest items, and in the last place the item nearest to the other side of the cube:
 * she can always see something else, and need not pick it.
 */
public final class NearestOneDifferentSelector implements Selector {
  /** Candidates for a place, where a limit per author refuses some. */
  private static final int POOL = 8;

  @Override
  public String name() {
    return "nearest-one-different";
  }

  @Override
  public String description() {
    return "the nearest, and last one item from the other side";
  }

  @Override
  public void select(SelectorContext context, SlateBuilder slate) {
    int pool = (int) Math.min((long) POOL * slate.k(), context.settings().catalog().size());
    Slate near = context.nearest(context.preference(), pool);
    for (int rank = 0; rank < near.size() && slate.size() < slate.k() - 1; rank++) {
      slate.add(near.ordinal(rank));
    }
    context.fillNearest(
        slate.k() > 1 ? opposite(context.preference()) : context.preference(), slate);
  }

  /** Where the line from the user through the centre leaves the cube; a corner if she is there. */
  private static float[] opposite(float[] preference) {
    float largest = 0;
    for (float attribute : preference) {
      largest = Math.max(largest, Math.abs(attribute));
    }
    float[] opposite = new float[preference.length];
    for (int j = 0; j < opposite.length; j++) {
      opposite[j] = largest == 0 ? 1 : -preference[j] / Math.min(1, largest);
    }
    return opposite;
  }
}
