package dev.slate.kernel;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@link Strategy#QUANTIZED} takes beside {@link Strategy#SCAN} on long vectors of one's own,
 * to be run by hand: k = 10, k = 100, and k = 10 with a filter that admits each item with a
 * probability of 10 %.
 *
 * <p>A KIND is a {@link Metric}; or a file of the items' biases, under DOT; or {@code factors}:
 * then items and queries become like those of a matrix factorisation, under DOT: each item keeps
 * its direction, and gets a popularity, a length exp(0.67 popularity) and a bias 0.2 popularity,
 * where popularity is standard Gaussian; queries get length 1. The logarithms of lengths have a
 * standard deviation of 0.67 where the model {@code als} with 64 factors is trained on MovieLens
 * 100k.
 *
 * <p>Both strategies answer the same queries in one JVM, some of one kind in a row, then some of
 * the next. All answers are compared. Files are npy, little-endian floats, row by row.
 *
 * <pre>
 *   java -Xmx4g -XX:+UseTransparentHugePages --add-modules jdk.incubator.vector -cp ... \
 *       dev.slate.kernel.LongVectorLoad ITEMS QUERIES [KIND...]
 * </pre>
 */
final class LongVectorLoad {
  private static final String FACTORS = "factors";
  private static final double LENGTHS = 0.67;
  private static final double BIASES = 0.2;
  private static final double ADMITTED = 0.1;
  private static final int ROUNDS = 3;
  private static final int IN_A_ROW = 25;
  private static final Pattern HEADER =
      Pattern.compile("'descr': '<f4', 'fortran_order': False, 'shape': \\((\\d+),(?: (\\d+))?\\)");

  private final String kind;
  private final float[][] queries;
  private final Index scan;
  private final Index quantized;
  private final ItemSet some;
  private final long bytes;

  private LongVectorLoad(String kind, float[][] items, float[][] queries) throws IOException {
    this.kind = kind;
    this.queries = queries;
    int d = items[0].length;
    boolean factors = kind.equals(FACTORS);
    float[][] biases = kind.endsWith(".npy") ? npy(Path.of(kind)) : new float[0][];
    boolean biased = factors || biases.length > 0;
    Metric metric = biased ? Metric.DOT : Metric.valueOf(kind.toUpperCase(Locale.ROOT));
    Random random = new Random(1);
    CatalogBuilder rows = Catalog.builder(d);
    for (int i = 0; i < items.length; i++) {
      double popularity = random.nextGaussian();
      rows.add(factors ? scaled(items[i], Math.exp(LENGTHS * popularity)) : items[i]);
      if (biased) {
        rows.bias(factors ? (float) (BIASES * popularity) : biases[i][0]);
      }
    }
    for (int i = 0; factors && i < queries.length; i++) {
      queries[i] = scaled(queries[i], 1);
    }
    Catalog catalog = rows.build();
    this.bytes = (long) items.length * (biased ? d + 1 : d) * Float.BYTES;
    this.some = ItemSet.unbound(items.length);
    for (int i = 0; i < items.length; i++) {
      if (random.nextDouble() < ADMITTED) {
        some.add(i);
      }
    }
    this.scan = Index.builder(catalog).metric(metric).strategy(Strategy.SCAN).build();
    this.quantized = Index.builder(catalog).metric(metric).strategy(Strategy.QUANTIZED).build();
  }

  /** One kind of search, and what it takes. */
  private final class Cell {
    final String name;
    final Searcher searcher;
    final Slate slate;
    final Query query = Query.of(queries[0]);
    final long[] nanos = new long[ROUNDS * queries.length];
    int count;
    SearchStats sum = new SearchStats(0, 0, 0, 0);

    Cell(Index index, int k, boolean filtered) {
      this.name = index.plan().strategy() + ", k = " + k + (filtered ? ", filter" : "");
      this.searcher = index.searcher();
      this.slate = new Slate(k);
      if (filtered) {
        query.allow(some);
      }
    }

    void search(int from, int to) {
      for (int i = from; i < to; i++) {
        query.vector(queries[i]);
        long start = System.nanoTime();
        searcher.search(query, slate);
        nanos[count++] = System.nanoTime() - start;
        sum = sum.plus(searcher.stats());
      }
    }

    /** The p-th percentile, in microseconds. */
    double time(int p) {
      return nanos[(int) ((long) (count - 1) * p / 100)] / 1e3;
    }
  }

  public static void main(String[] args) throws IOException {
    String[] kinds = {"cosine", "euclidean", "dot", FACTORS};
    if (args.length > 2) {
      kinds = Arrays.copyOfRange(args, 2, args.length);
    }
    for (String kind : kinds) {
      new LongVectorLoad(kind, npy(Path.of(args[0])), npy(Path.of(args[1]))).run();
    }
  }

  private static float[][] npy(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer all = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
      all.order(ByteOrder.LITTLE_ENDIAN);
      byte[] header = new byte[all.getShort(8)];
      all.get(10, header);
      Matcher shape = HEADER.matcher(new String(header, StandardCharsets.ISO_8859_1));
      if (!shape.find()) {
        throw new IOException(file + " is not npy of floats, row by row");
      }
      int n = Integer.parseInt(shape.group(1));
      float[][] rows = new float[n][shape.group(2) == null ? 1 : Integer.parseInt(shape.group(2))];
      all.position(10 + header.length);
      for (float[] row : rows) {
        for (int j = 0; j < row.length; j++) {
          row[j] = all.getFloat();
        }
      }
      return rows;
    }
  }

  private static float[] scaled(float[] row, double length) {
    double square = 0;
    for (float x : row) {
      square += (double) x * x;
    }
    float[] scaled = new float[row.length];
    for (int j = 0; j < row.length; j++) {
      scaled[j] = (float) (row[j] * length / Math.sqrt(square));
    }
    return scaled;
  }

  private void run() {
    Cell[] codes = {
      new Cell(quantized, 10, false), new Cell(quantized, 100, false), new Cell(quantized, 10, true)
    };
    Cell[] scans = {
      new Cell(scan, 10, false), new Cell(scan, 100, false), new Cell(scan, 10, true)
    };
    for (int i = 0; i < codes.length; i++) {
      compare(codes[i], scans[i]);
    }
    for (int round = 0; round < ROUNDS; round++) {
      for (int from = 0; from < queries.length; from += IN_A_ROW) {
        for (Cell[] cells : new Cell[][] {codes, scans}) {
          for (Cell cell : cells) {
            cell.search(from, Math.min(from + IN_A_ROW, queries.length));
          }
        }
      }
    }
    System.out.printf(Locale.ROOT, "%s, %d queries%n", kind, queries.length);
    for (Cell[] cells : new Cell[][] {codes, scans}) {
      for (Cell cell : cells) {
        Arrays.sort(cell.nanos);
        System.out.printf(
            Locale.ROOT,
            "%-26s p50 %8.0f us, p99 %8.0f us, %5.2f of k = 10; %5.1f %% of the bytes,"
                + " %9.1f items scored, %7.1f blocks visited%n",
            cell.name,
            cell.time(50),
            cell.time(99),
            cell.time(50) / cells[0].time(50),
            100.0 * cell.sum.bytesRead() / cell.count / bytes,
            (double) cell.sum.itemsScored() / cell.count,
            (double) cell.sum.blocksVisited() / cell.count);
      }
    }
    for (int i = 0; i < codes.length; i++) {
      System.out.printf(
          Locale.ROOT, "  %s %.2f x%n", codes[i].name, scans[i].time(50) / codes[i].time(50));
    }
  }

  /** Answers the queries once, and compares bits. */
  private void compare(Cell a, Cell b) {
    for (int i = 0; i < queries.length; i++) {
      a.search(i, i + 1);
      b.search(i, i + 1);
      for (int j = 0; j < a.slate.k(); j++) {
        if (a.slate.ordinal(j) != b.slate.ordinal(j)
            || Float.floatToRawIntBits(a.slate.score(j))
                != Float.floatToRawIntBits(b.slate.score(j))) {
          throw new IllegalStateException(a.name + ": query " + i + " differs from the scan");
        }
      }
    }
    a.count = 0;
    b.count = 0;
    a.sum = new SearchStats(0, 0, 0, 0);
    b.sum = a.sum;
  }
}
