package dev.slate.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slate.kernel.observe.Observer;
import dev.slate.kernel.parallel.WorkerGroup;
import dev.slate.kernel.quantized.QuantizedBuilder;
import dev.slate.kernel.quantized.QuantizedEngine;
import dev.slate.kernel.rows.Rows;
import dev.slate.kernel.search.StoredRows;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Codes on data with structure, against the scan: bits, work and memory. */
class QuantizedDataTest {
  /** Data on which codes, sketches and cells have something to do. */
  enum Data {
    GAUSSIAN {
      @Override
      void fill(Random r, float[] rows, int d, long seed) {
        for (int i = 0; i < rows.length; i++) {
          rows[i] = (float) r.nextGaussian();
        }
      }
    },
    CLUSTERED {
      @Override
      void fill(Random r, float[] rows, int d, long seed) {
        Random centre = new Random(seed);
        float[] centres = new float[40 * d];
        for (int i = 0; i < centres.length; i++) {
          centres[i] = (float) centre.nextGaussian();
        }
        for (int i = 0; i < rows.length; i += d) {
          int c = r.nextInt(40) * d;
          for (int j = 0; j < d; j++) {
            rows[i + j] = centres[c + j] + 0.25f * (float) r.nextGaussian();
          }
        }
      }
    },
    LOWRANK {
      @Override
      void fill(Random r, float[] rows, int d, long seed) {
        int rank = Math.max(1, d / 8);
        Random loading = new Random(seed);
        float[] w = new float[rank * d];
        for (int i = 0; i < w.length; i++) {
          w[i] = (float) loading.nextGaussian();
        }
        for (int i = 0; i < rows.length; i += d) {
          for (int j = 0; j < d; j++) {
            rows[i + j] = 0.1f * (float) r.nextGaussian();
          }
          for (int f = 0; f < rank; f++) {
            float z = (float) r.nextGaussian();
            for (int j = 0; j < d; j++) {
              rows[i + j] += z * w[f * d + j];
            }
          }
        }
      }
    },
    BYTES {
      @Override
      void fill(Random r, float[] rows, int d, long seed) {
        for (int i = 0; i < rows.length; i++) {
          rows[i] = (float) Math.min(255, Math.floor(Math.abs(r.nextGaussian()) * 40));
        }
      }
    },
    DUPLICATES {
      @Override
      void fill(Random r, float[] rows, int d, long seed) {
        float[] points = new float[50 * d];
        CLUSTERED.fill(new Random(seed), points, d, seed);
        for (int i = 0; i < rows.length; i += d) {
          System.arraycopy(points, r.nextInt(50) * d, rows, i, d);
        }
      }
    },
    OUTLIERS {
      @Override
      void fill(Random r, float[] rows, int d, long seed) {
        for (int i = 0; i < rows.length; i++) {
          double x = r.nextGaussian();
          rows[i] = (float) (r.nextInt(5000) == 0 ? x * 1e30 : x);
        }
      }
    },
    DENORMAL {
      @Override
      void fill(Random r, float[] rows, int d, long seed) {
        LOWRANK.fill(r, rows, d, seed);
        for (int i = 0; i < rows.length; i++) {
          rows[i] *= 1e-22f;
          rows[i] *= 1e-18f;
        }
      }
    };

    abstract void fill(Random r, float[] rows, int d, long seed);

    float[] rows(Random r, int n, int d, long seed) {
      float[] rows = new float[n * d];
      fill(r, rows, d, seed);
      return rows;
    }
  }

  @ParameterizedTest
  @EnumSource(Data.class)
  void givesTheBitsOfTheScanWithASketchAndWithPackedCodes(Data data) {
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      for (int d : new int[] {24, 100}) {
        Random r = new Random(d);
        int n = 3000 + r.nextInt(3000);
        float[] rows = data.rows(r, n, d, d);
        for (Metric metric : Metric.values()) {
          Index scan =
              Index.builder(Catalog.of(rows, d)).metric(metric).strategy(Strategy.SCAN).build();
          Catalog items = Catalog.of(rows, d);
          compare(data, r, scan, quantized(items, metric, b -> b.packed(false), d / 8), threads);
          compare(data, r, scan, quantized(items, metric, b -> b.packedAlong(0), 0), threads);
          compare(data, r, scan, quantized(items, metric, b -> b.packedAlong(d / 2), 0), threads);
        }
      }
    }
  }

  /** Most cells of a large catalogue are put in order only if the first ones leave them. */
  @Test
  void visitsMoreCellsThanItPutsInOrderAtFirst() {
    int n = 60_000;
    int d = 8;
    Random r = new Random(11);
    float[] rows = Data.GAUSSIAN.rows(r, n, d, d);
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      for (Metric metric : Metric.values()) {
        Catalog items = Catalog.of(rows, d);
        Index scan = Index.builder(items).metric(metric).strategy(Strategy.SCAN).build();
        Index quantized = quantized(items, metric, b -> b.packedAlong(0), 0);
        for (int i = 0; i < 8; i++) {
          compare(Data.GAUSSIAN, r, scan, quantized, threads);
        }
      }
    }
  }

  /**
   * Vectors of packed codes stay in registers at each width: where the compiler keeps one as an
   * object, a search allocates, and takes twice as long.
   */
  @Test
  @EachWidth
  void aWarmSearchOfPackedCodesAllocatesNothing() {
    int d = 64;
    Random r = new Random(31);
    float[] rows = Data.GAUSSIAN.rows(r, 20_000, d, d);
    Query query = Query.of(Data.GAUSSIAN.rows(r, 1, d, d));
    Slate slate = new Slate(10);
    for (Metric metric : Metric.values()) {
      for (int directions : new int[] {0, d / 2}) {
        Searcher searcher =
            quantized(Catalog.of(rows, d), metric, b -> b.packedAlong(directions), 0).searcher();
        assertEquals(
            0,
            Allocation.ofWarm(() -> searcher.search(query, slate)),
            () -> metric + ", " + directions + " directions");
      }
    }
  }

  /**
   * A filter that admits a tenth weakens the bound, which becomes that of ten times as many wanted
   * items. But only codes of one byte of admitted items are read, where packed codes leave them.
   */
  @Test
  void aFilterSparesTheCodesOfItemsThatItKeepsOut() {
    int n = 20_000;
    int d = 64;
    Random r = new Random(32);
    float[] rows = Data.GAUSSIAN.rows(r, n, d, d);
    ItemSet some = ItemSet.unbound(n);
    for (int i = 0; i < n / 10; i++) {
      some.add(r.nextInt(n));
    }
    for (Metric metric : Metric.values()) {
      Catalog items = Catalog.of(rows, d);
      Searcher scan =
          Index.builder(items).metric(metric).strategy(Strategy.SCAN).build().searcher();
      Searcher codes = quantized(items, metric, b -> b.packedAlong(0), 0).searcher();
      Slate expected = new Slate(10);
      Slate found = new Slate(10);
      long unfiltered = 0;
      long filtered = 0;
      for (int i = 0; i < 20; i++) {
        Query query = Query.of(Data.GAUSSIAN.rows(r, 1, d, d));
        codes.search(query, found);
        unfiltered += codes.stats().bytesRead();
        codes.search(query.allow(some), found);
        filtered += codes.stats().bytesRead();
        scan.search(query, expected);
        assertEqual(expected, found, metric + " query " + i);
      }
      assertTrue(filtered <= 1.2 * unfiltered, metric + ": " + filtered + " and " + unfiltered);
    }
  }

  @Test
  void aFileKeepsPackedCodesAndTheirDirections(@TempDir Path folder) throws IOException {
    int d = 40;
    Random r = new Random(21);
    float[] rows = Data.GAUSSIAN.rows(r, 2_000, d, d);
    for (int directions : new int[] {0, 25}) {
      Index saved = quantized(Catalog.of(rows, d), Metric.DOT, b -> b.packedAlong(directions), 0);
      Path file = folder.resolve(directions + ".slate");
      saved.save(file);
      Index opened = Index.open(file);
      assertEquals(saved.engine.description(), opened.engine.description());
      assertEquals(saved.bytes(), opened.bytes());
      Slate expected = new Slate(10);
      Slate found = new Slate(10);
      for (int i = 0; i < 20; i++) {
        Query query = Query.of(Data.GAUSSIAN.rows(r, 1, d, d));
        Searcher one = saved.searcher();
        Searcher other = opened.searcher();
        one.search(query, expected);
        other.search(query, found);
        assertEquals(expected.toString(), found.toString());
        assertEquals(one.stats(), other.stats());
      }
    }
  }

  private static Index quantized(
      Catalog items, Metric metric, UnaryOperator<QuantizedBuilder> codes, int directions) {
    Rows rows = new Rows(items, metric == Metric.COSINE, false);
    WorkerGroup alone = new WorkerGroup(null, 1);
    QuantizedEngine engine =
        codes.apply(new QuantizedBuilder(rows, metric.largerIsBetter(), alone)).build(directions);
    return new Index(
        new StoredRows(engine, items.size()),
        metric,
        new Plan(Strategy.QUANTIZED, Map.of(), List.of("a test")),
        false,
        null,
        null,
        Map.of(),
        null,
        Observer.NONE);
  }

  private static void compare(
      Data data, Random r, Index scan, Index quantized, ExecutorService threads) {
    int d = scan.dimensions();
    float[] q = new float[d];
    Searcher one = scan.searcher();
    Searcher[] others = {quantized.searcher(), quantized.searcher(threads, 2)};
    for (int k : new int[] {1, 10, 100, 1000}) {
      data.fill(r, q, d, d);
      Query query = Query.of(q);
      if (k == 100) {
        ItemSet some = ItemSet.unbound(scan.size());
        for (int i = 0; i < scan.size(); i += 1 + r.nextInt(20)) {
          some.add(i);
        }
        query.allow(some);
        if (scan.metric() == Metric.EUCLIDEAN) {
          float[] w = new float[d];
          for (int j = 0; j < d; j++) {
            w[j] = r.nextFloat() * 2;
          }
          query.weights(w);
        }
      }
      Slate expected = new Slate(k);
      Slate actual = new Slate(k);
      one.search(query, expected);
      if (k == 10 && expected.size() == k) {
        query.after(expected.score(4), expected.ordinal(4)).radius(expected.score(9));
        one.search(query, expected);
      }
      for (Searcher other : others) {
        other.search(query, actual);
        assertEqual(expected, actual, data + " " + scan.metric() + " d " + d + " k " + k);
      }
    }
  }

  private static void assertEqual(Slate expected, Slate actual, String what) {
    assertEquals(expected.size(), actual.size(), what);
    for (int i = 0; i < expected.size(); i++) {
      assertEquals(expected.ordinal(i), actual.ordinal(i), what + " place " + i);
      int bits = Float.floatToRawIntBits(expected.score(i));
      assertEquals(bits, Float.floatToRawIntBits(actual.score(i)), what + " place " + i);
    }
  }

  @Test
  void scoresFewItemsWhereDataHasStructure() {
    int n = 20_000;
    int d = 64;
    for (Data data : new Data[] {Data.CLUSTERED, Data.LOWRANK, Data.GAUSSIAN, Data.BYTES}) {
      Random r = new Random(9);
      float[] rows = data.rows(r, n, d, 1);
      for (Metric metric : Metric.values()) {
        Index index =
            Index.builder(Catalog.of(rows, d)).metric(metric).strategy(Strategy.QUANTIZED).build();
        long raw = 4L * n * d;
        assertTrue(index.bytes() <= 1.45 * raw + 4L * n, data + " takes " + index.bytes());
        Searcher searcher = index.searcher();
        Slate slate = new Slate(10);
        float[] q = new float[d];
        long scored = 0;
        long read = 0;
        for (int i = 0; i < 20; i++) {
          data.fill(r, q, d, 1);
          searcher.search(q, slate);
          scored += searcher.stats().itemsScored();
          read += searcher.stats().bytesRead();
        }
        assertTrue(scored < 20 * 500, data + " " + metric + " scored " + scored / 20);
        assertTrue(read < 20 * raw * 0.45, data + " " + metric + " read " + read / 20);
      }
    }
  }

  /** Codes rest before they cost much, and no item is scored twice. */
  @Test
  void looksAtLittleMoreThanAScanWhereCodesExcludeLittle() {
    int n = 20_000;
    int d = 64;
    Random r = new Random(10);
    float[] rows = Data.GAUSSIAN.rows(r, n, d, 1);
    for (Metric metric : Metric.values()) {
      Searcher searcher =
          Index.builder(Catalog.of(rows, d))
              .metric(metric)
              .strategy(Strategy.QUANTIZED)
              .build()
              .searcher();
      float[] q = new float[d];
      for (int k : new int[] {1_000, 5_000}) {
        Data.GAUSSIAN.fill(r, q, d, 1);
        searcher.search(q, new Slate(k));
        SearchStats stats = searcher.stats();
        assertTrue(stats.itemsScored() <= n, metric + " k " + k + " " + stats);
        assertTrue(stats.bytesRead() <= 1.1 * 4 * n * d, metric + " k " + k + " " + stats);
      }
    }
  }

  @Test
  void findsRealVectorsExactly() throws IOException {
    String folder = System.getenv("SLATE_DATA");
    assumeTrue(
        folder != null,
        "SLATE_DATA is unset: vectors/sift-dataset-5k.tsv and siftsmall_query.fvecs"
            + " (corpus-texmex.irisa.fr) are not compared");
    List<String> lines = Files.readAllLines(Path.of(folder, "vectors", "sift-dataset-5k.tsv"));
    float[] rows = new float[lines.size() * 128];
    int n = 0;
    for (String line : lines) {
      String[] cells = line.trim().split("\\s+", -1);
      if (cells.length < 128) {
        continue;
      }
      for (int j = 0; j < 128; j++) {
        rows[n * 128 + j] = Float.parseFloat(cells[j]);
      }
      n++;
    }
    rows = Arrays.copyOf(rows, n * 128);
    byte[] bytes = Files.readAllBytes(Path.of(folder, "vectors", "siftsmall_query.fvecs"));
    ByteBuffer queries = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    for (Metric metric : Metric.values()) {
      Catalog items = Catalog.of(rows, 128);
      Searcher scan =
          Index.builder(items).metric(metric).strategy(Strategy.SCAN).build().searcher();
      Searcher quantized =
          Index.builder(items).metric(metric).strategy(Strategy.QUANTIZED).build().searcher();
      float[] q = new float[128];
      for (int i = 0; i < bytes.length / 516; i++) {
        for (int j = 0; j < 128; j++) {
          q[j] = queries.getFloat(i * 516 + 4 + j * 4);
        }
        Slate expected = new Slate(10);
        Slate actual = new Slate(10);
        scan.search(q, expected);
        quantized.search(q, actual);
        assertEqual(expected, actual, metric + " query " + i);
        assertTrue(quantized.stats().itemsScored() < n / 4, "scored " + quantized.stats());
      }
    }
  }
}
