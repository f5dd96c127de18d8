package dev.slate.sim.select;

import dev.slate.kernel.Slate;
import dev.slate.sim.ItemCatalog;
import dev.slate.sim.Selector;
import dev.slate.sim.SelectorContext;
import dev.slate.sim.SlateBuilder;
import java.util.Arrays;

/**
 * The best trade of satisfaction and variety: maximal marginal relevance (Carbonell and Goldstein
 * 1998) over the 20 k nearest. Each place goes to the item with the smallest {@code distance to the
 * user - distance to the closest item already shown}.
 */
public final class BalancedSelector implements Selector {
  private static final int POOL = 20;

  @Override
  public String name() {
    return "balanced";
  }

  @Override
  public String description() {
    return "near to the user, far from each other (MMR)";
  }

  @Override
  public void select(SelectorContext context, SlateBuilder slate) {
    ItemCatalog catalog = context.settings().catalog();
    int d = catalog.dimensions();
    int pool = (int) Math.min((long) POOL * slate.k(), catalog.size());
    Slate near = context.nearest(context.preference(), pool);
    float[][] rows = new float[near.size()][d];
    double[] closest = new double[near.size()];
    for (int i = 0; i < rows.length; i++) {
      catalog.read(near.ordinal(i), rows[i]);
    }
    Arrays.fill(closest, Double.POSITIVE_INFINITY);
    boolean[] used = new boolean[rows.length];
    for (int left = rows.length; left > 0 && !slate.full(); left--) {
      int best = best(near, closest, used);
      used[best] = true;
      if (slate.add(near.ordinal(best))) {
        for (int i = 0; i < rows.length; i++) {
          closest[i] = Math.min(closest[i], distance(rows[i], rows[best]));
        }
      }
    }
    context.fillNearest(context.preference(), slate);
  }

  private static int best(Slate near, double[] closest, boolean[] used) {
    int best = -1;
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i < used.length; i++) {
      double cost = near.distance(i) - (Double.isInfinite(closest[i]) ? 0 : closest[i]);
      if (!used[i] && cost < least) {
        least = cost;
        best = i;
      }
    }
    return best;
  }

  private static double distance(float[] a, float[] b) {
    double sum = 0;
    for (int j = 0; j < a.length; j++) {
      double t = (double) a[j] - b[j];
      sum += t * t;
    }
    return Math.sqrt(sum);
  }
}
