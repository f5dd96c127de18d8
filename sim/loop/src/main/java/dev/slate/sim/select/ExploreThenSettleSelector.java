package dev.slate.sim.select;

import dev.slate.sim.ItemCatalog;
import dev.slate.sim.RunSettings;
import dev.slate.sim.Selector;
import dev.slate.sim.SelectorContext;
import dev.slate.sim.SlateBuilder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Shows every region of the catalogue before it settles on the nearest. The regions are around
 * items as far from each other as can be: farthest-first traversal (Gonzalez 1985), over at most
 * 100,000 items.
 */
public final class ExploreThenSettleSelector implements Selector {
  private static final int REGIONS = 32;
  private static final int SAMPLE = 100_000;

  private List<float[]> centres = List.of();

  @Override
  public String name() {
    return "explore-then-settle";
  }

  @Override
  public String description() {
    return "every region of the catalogue, then the k nearest";
  }

  @Override
  public void open(RunSettings settings) {
    ItemCatalog catalog = settings.catalog();
    List<float[]> sample = new ArrayList<>();
    int stride = Math.ceilDiv(catalog.size(), SAMPLE);
    for (int item = 0; item < catalog.size(); item += stride) {
      if (settings.eligible(item)) {
        float[] row = new float[catalog.dimensions()];
        catalog.read(item, row);
        sample.add(row);
      }
    }
    centres = farthestFirst(sample);
  }

  private static List<float[]> farthestFirst(List<float[]> items) {
    List<float[]> centres = new ArrayList<>();
    double[] distances = new double[items.size()];
    Arrays.fill(distances, Double.POSITIVE_INFINITY);
    int farthest = 0;
    while (!items.isEmpty() && centres.size() < REGIONS && distances[farthest] > 0) {
      float[] centre = items.get(farthest);
      centres.add(centre);
      for (int i = 0; i < distances.length; i++) {
        distances[i] = Math.min(distances[i], squared(items.get(i), centre));
        farthest = distances[i] > distances[farthest] ? i : farthest;
      }
    }
    return centres;
  }

  private static double squared(float[] a, float[] b) {
    double sum = 0;
    for (int j = 0; j < a.length; j++) {
      double t = (double) a[j] - b[j];
      sum += t * t;
    }
    return sum;
  }

  @Override
  public void select(SelectorContext context, SlateBuilder slate) {
    int first = (context.step() - 1) * slate.k();
    for (int i = first; i < centres.size() && !slate.full(); i++) {
      slate.add(context.nearest(centres.get(i), 1).ordinal(0));
    }
    context.fillNearest(context.preference(), slate);
  }
}
