package dev.slate.kernel;

import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * A load on a live index, to be run by hand: searches of one thread on a fresh index, on a
 * compacted live index, and beside writes at a rate, without and with at most two items of a group;
 * uniform items in groups of about ten, EUCLIDEAN, k = 10.
 *
 * <pre>
 *   java -Xmx12g -XX:+UseZGC --add-modules jdk.incubator.vector -cp ... dev.slate.kernel.LiveLoad ITEMS D RATE SECONDS
 * </pre>
 */
final class LiveLoad {
  private static final int QUERIES = 20_000;

  private final int n;
  private final int d;
  private final float[][] queries;

  private LiveLoad(int n, int d) {
    this.n = n;
    this.d = d;
    Random r = new Random(2);
    this.queries = new float[2_000][];
    Arrays.setAll(queries, i -> Shape.UNIFORM.rows(r, 1, d));
  }

  private interface Search {
    void search(float[] query, Slate out);
  }

  public static void main(String[] args) throws InterruptedException {
    int n = Integer.parseInt(args[0]);
    int d = Integer.parseInt(args[1]);
    new LiveLoad(n, d).run(Integer.parseInt(args[2]), Integer.parseInt(args[3]));
    System.exit(0);
  }

  private void run(int rate, int seconds) throws InterruptedException {
    Catalog items = Catalog.of(Shape.UNIFORM.rows(new Random(1), n, d), d);
    Index fresh = Index.builder(items).build();
    System.out.println("plan " + fresh.plan().strategy());
    int count = d > 32 ? QUERIES / 10 : QUERIES;
    Searcher searcher = fresh.searcher();
    measure("warm", searcher::search, count);
    double[] base = measure("fresh index", searcher::search, count);
    int[] groups = new Random(4).ints(n, 0, n / 10 + 1).toArray();
    Query ofIndex = Query.of(queries[0]).atMost(2, fresh.groups(groups));
    Query ofLive = Query.of(queries[0]).atMost(2);
    Search grouped = (q, out) -> searcher.search(ofIndex.vector(q), out);
    measure("warm", grouped, count);
    measure("fresh index, groups", grouped, count);
    ExecutorService merging = Executors.newFixedThreadPool(2);
    LiveIndex live = LiveIndex.builder(d).items(items, groups).executor(merging).build();
    measure("warm", live::search, count);
    double[] quiet = measure("live, compacted", live::search, count);
    Search limited = (q, out) -> live.search(ofLive.vector(q), out);
    measure("warm", limited, count);
    measure("live, groups", limited, count);
    AtomicBoolean stop = new AtomicBoolean();
    AtomicLong written = new AtomicLong();
    Thread writer = new Thread(() -> write(live, rate, stop, written), "writer");
    long start = System.nanoTime();
    writer.start();
    double[] loaded = measure("live, beside writes", live::search, seconds, start);
    measure("the same, groups", limited, 2 * seconds, start);
    stop.set(true);
    writer.join();
    double took = (System.nanoTime() - start) / 1e9;
    System.out.printf(
        "upserts/s %.0f, compactions %d, parts %d, heap %.1f x raw%n",
        written.get() / took, live.compactions(), live.parts(), live.bytes() / (4.0 * n * d));
    System.out.printf(
        "p50: compacted %.2f x fresh, loaded %.2f x fresh; p99: loaded %.2f x quiet%n",
        quiet[0] / base[0], loaded[0] / base[0], loaded[1] / quiet[1]);
  }

  private void write(LiveIndex live, int rate, AtomicBoolean stop, AtomicLong written) {
    Random r = new Random(3);
    long start = System.nanoTime();
    while (!stop.get()) {
      live.upsert(r.nextInt(n), Shape.UNIFORM.rows(r, 1, d), 0f, r.nextInt(n / 10 + 1));
      long due = start + written.incrementAndGet() * 1_000_000_000L / rate;
      long early = due - System.nanoTime();
      if (early > 100_000) {
        LockSupport.parkNanos(early);
      }
    }
  }

  private double[] measure(String name, Search search, int count) {
    long[] nanos = new long[count];
    Slate slate = new Slate(10);
    for (int i = 0; i < count; i++) {
      float[] query = queries[i % queries.length];
      long start = System.nanoTime();
      search.search(query, slate);
      nanos[i] = System.nanoTime() - start;
    }
    return report(name, nanos, count);
  }

  private double[] measure(String name, Search search, int seconds, long start) {
    long[] nanos = new long[20_000_000];
    int count = 0;
    Slate slate = new Slate(10);
    while (System.nanoTime() - start < seconds * 1_000_000_000L && count < nanos.length) {
      float[] query = queries[count % queries.length];
      long from = System.nanoTime();
      search.search(query, slate);
      nanos[count++] = System.nanoTime() - from;
    }
    return report(name, nanos, count);
  }

  private static double[] report(String name, long[] nanos, int count) {
    Arrays.sort(nanos, 0, count);
    double[] q = {
      nanos[count / 2] / 1e3, nanos[(int) (count * 0.99)] / 1e3, nanos[count - 1] / 1e3
    };
    System.out.printf(
        "%-20s p50 %.2f us, p99 %.2f us, max %.1f us (%d)%n", name, q[0], q[1], q[2], count);
    return q;
  }
}
