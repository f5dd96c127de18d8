package dev.slate.kernel.planes;

import dev.slate.kernel.Catalog;
import dev.slate.kernel.layout.Rows;
import dev.slate.kernel.search.Counters;
import dev.slate.kernel.search.Cursor;
import dev.slate.kernel.search.Request;
import dev.slate.kernel.search.Share;
import dev.slate.kernel.search.Team;
import dev.slate.kernel.select.TopK;
import java.util.Arrays;

/**
 * Tells from a sample whether planes prune on some data: an index over a few thousand rows, asked
 * with others. A larger catalogue prunes better than its sample, since its k-th best is nearer; so
 * the answer errs on the side of the scan. Takes some tens of milliseconds, mostly one build.
 */
public final class Trial {
  private static final int ITEMS = 8192;
  private static final int QUERIES = 24;

  private Trial() {}

  /**
   * Runs the trial.
   *
   * @param rows the catalogue
   * @param dot whether items are scored by dot products
   * @param k how many items are wanted
   * @return bytes read by a search, in units of the raw floats; 1 where a scan is as good
   */
  public static double bytesRead(Rows rows, boolean dot, int k) {
    Sample sample = Sample.of(rows).thin(ITEMS + QUERIES);
    int width = sample.width;
    int items = sample.count - QUERIES;
    if (items < 64) {
      return 1;
    }
    float[] queries = new float[QUERIES * width];
    float[] indexed = new float[items * width];
    int q = 0;
    int next = 0;
    for (int i = 0; i < sample.count; i++) {
      boolean asks = (long) (i + 1) * QUERIES / sample.count > q;
      float[] to = asks ? queries : indexed;
      int at = asks ? q++ : next++;
      System.arraycopy(sample.rows, i * width, to, at * width, width);
    }
    Rows some = new Rows(Catalog.of(indexed, width), false, false);
    PlanesEngine engine = new PlanesBuilder(some, dot, new Team(null, 1)).build();
    Cursor cursor = engine.cursor();
    Request request = new Request();
    request.k = Math.min(k, items);
    request.probe.d = width;
    request.probe.dot = dot;
    TopK best = new TopK();
    Share share = new Share(1);
    Counters counters = new Counters();
    for (int i = 0; i < QUERIES; i++) {
      request.probe.q = Arrays.copyOfRange(queries, i * width, (i + 1) * width);
      if (width > rows.dimensions()) {
        request.probe.q[0] = 1;
      }
      request.start(best);
      share.reset();
      cursor.search(request, best, share, counters);
    }
    return (double) counters.bytesRead / QUERIES / ((double) items * width * Float.BYTES);
  }
}
