package dev.slate.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page, as a browser draws it. Needs a Chromium on the path; skips without. */
class BenchmarkPageTest {
  private static final List<String> SUBJECTS = List.of("scan", "tree", "flat");
  private static final List<Integer> SIZES = List.of(10_000, 100_000, 1_000_000);

  @TempDir static Path directory;

  /** Times that are a power of n: scan n^1, tree n^0.25, a peer ten times the scan. */
  private static double micros(String strategy, int n) {
    return switch (strategy) {
      case "scan" -> n / 1000.0;
      case "tree" -> 1.25 * Math.pow(n, 0.25);
      default -> n / 100.0;
    };
  }

  private static Measurement measurement(String strategy, int n, String title) {
    double p50 = micros(strategy, n);
    double stream = n * 5 * 4 / 22e3;
    String subject = strategy.equals("flat") ? "lucene-flat" : "slate";
    SummaryRow row =
        new SummaryRow(
            subject,
            strategy,
            "euclidean",
            "uniform",
            n,
            5,
            10,
            1,
            1,
            1,
            2,
            p50,
            2 * p50,
            n * 20 / p50 / 1e3,
            stream / p50,
            stream / p50 / 10,
            strategy.equals("flat") ? 216 : 0,
            strategy.equals("flat") ? 0.9 : 1,
            12);
    Map<String, Double> facts =
        Map.of("roofline.stream", stream, "roofline.peak", stream / 10, "itemsScored", n / 2.0);
    String group = n + " items, d = 5, k = 10, euclidean, uniform";
    return new Measurement(
        row,
        title,
        group,
        List.of(0.9 * p50, 1.1 * p50),
        List.of(0.9 * stream / p50, 1.1 * stream / p50),
        facts);
  }

  private static List<Measurement> rows(String peer) {
    List<Measurement> rows = new ArrayList<>();
    for (int n : SIZES) {
      for (String strategy : SUBJECTS) {
        rows.add(measurement(strategy, n, strategy.equals("flat") ? peer : "slate " + strategy));
      }
    }
    return rows;
  }

  private static String page(List<Measurement> rows) {
    Machine machine =
        Machine.look(
            new Machine.MeasuredBuild("abc1234567", true, "00ff"),
            "SLATE_JAVA_OPTS=-Dslate.simd=256 slate bench --items 10k,100k,1m --out 'a slate x'",
            List.of("-XX:+UseG1GC"),
            List.of(new DataFile("uniform-10000x5.npy", "e0bc4fd7", "slate data generate")));
    return BenchmarkPage.render(rows, List.of("a peer: needs 30.0 GB of heap"), machine);
  }

  /** What is in the document when the scripts have run, and what the browser complains of. */
  private record Drawn(String dom, String complaints) {}

  /**
   * Pages by the folder of their file, each in a frame of its own: a browser takes long to start.
   */
  private enum Frame {
    CHARTS(1280, "lucene VectorUtil (flat)"),
    PHONE(500, "lucene"),
    EVIL(1280, "</script><script>alert(1)</script><img src=x onerror=alert(2)>");

    private final int width;
    private final String peer;

    Frame(int width, String peer) {
      this.width = width;
      this.peer = peer;
    }
  }

  /** Tells the outer page what is in the document, once its own scripts have run. */
  private static final String PROBE =
      """
      <script>(() => {
        const root = document.documentElement;
        const overflow = () => root.scrollWidth - root.clientWidth;
        const first = overflow();
        const tell = () => {
          root.dataset.overflow = Math.max(first, overflow());
          parent.postMessage('FRAME ' + encodeURIComponent(root.outerHTML), '*');
        };
        const wait = setInterval(() => {
          if (root.dataset.ready) {
            clearInterval(wait);
            setTimeout(tell, 500);
          }
        }, 50);
      })();
      </script></body>""";

  private static final Map<Frame, Drawn> DRAWN = new EnumMap<>(Frame.class);

  private static synchronized Drawn drawn(Frame frame) throws IOException, InterruptedException {
    if (DRAWN.isEmpty()) {
      draw();
    }
    return DRAWN.get(frame);
  }

  private static void draw() throws IOException, InterruptedException {
    String browser =
        Stream.of("chromium", "chromium-browser", "google-chrome")
            .filter(
                name ->
                    Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, name))))
            .findFirst()
            .orElse(null);
    assumeTrue(browser != null, "no Chromium on the path: the page is not seen by a browser");
    StringBuilder frames = new StringBuilder("<!doctype html><body style='white-space:nowrap'>");
    for (Frame frame : Frame.values()) {
      String page = page(rows(frame.peer));
      String probed =
          page.substring(0, page.lastIndexOf("</body>")) + PROBE.replace("FRAME", frame.name());
      Path folder = Files.createDirectory(directory.resolve(frame.name()));
      Files.writeString(folder.resolve("report.html"), probed);
      frames.append(
          "<iframe src='%s/report.html' style='border:0' width='%d' height='1200'></iframe>"
              .formatted(frame.name(), frame.width));
    }
    frames.append(
        "<script>onmessage = e => document.body.setAttribute('data-' + e.data.split(' ')[0],"
            + " e.data.split(' ')[1])</script>");
    Path file = Files.writeString(directory.resolve("frames.html"), frames);
    Path dom = directory.resolve("dom.html");
    Path log = directory.resolve("log");
    Process process =
        new ProcessBuilder(
                browser,
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                // Frames in one process start sooner.
                "--disable-features=IsolateOrigins,site-per-process",
                "--disable-site-isolation-trials",
                "--enable-logging=stderr",
                "--window-size=3200,1300",
                "--user-data-dir=" + directory.resolve("profile"),
                "--virtual-time-budget=10000",
                "--host-resolver-rules=MAP * ~NOTFOUND",
                "--dump-dom",
                file.toUri().toString())
            .redirectOutput(dom.toFile())
            .redirectError(log.toFile())
            .start();
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("the browser did not end");
    }
    String all = Files.readString(dom, StandardCharsets.UTF_8);
    List<String> complaints =
        Files.readAllLines(log).stream().filter(line -> line.contains("CONSOLE")).toList();
    for (Frame frame : Frame.values()) {
      Matcher seen =
          Pattern.compile("data-" + frame.name().toLowerCase(Locale.ROOT) + "=\"([^\"]*)\"")
              .matcher(all);
      String html = seen.find() ? URLDecoder.decode(seen.group(1), StandardCharsets.UTF_8) : "";
      int data = html.indexOf("<script id=");
      DRAWN.put(
          frame,
          new Drawn(
              data < 0 ? html : html.substring(0, data),
              complaints.stream()
                  .filter(line -> line.contains("/" + frame.name() + "/"))
                  .collect(Collectors.joining("\n"))));
    }
  }

  private static int count(String text, String pattern) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    int count = 0;
    while (matcher.find()) {
      count++;
    }
    return count;
  }

  @Test
  void chartsCarryTheirData() throws IOException, InterruptedException {
    Drawn drawn = drawn(Frame.CHARTS);
    String dom = drawn.dom();
    assertEquals("", drawn.complaints());
    int charts = 2 * SIZES.size() + 1 + 1;
    assertTrue(dom.contains("data-ready=\"" + charts + "\""), "the script did not reach its end");
    assertEquals(charts, count(dom, "<svg "), "charts");
    for (String time : List.of("10.0 µs", "100 µs", "1.00 ms", "12.5 µs", "22.2 µs", "39.5 µs")) {
      assertTrue(dom.contains(">" + time + "</text>"), "the bar of " + time);
    }
    for (String share : List.of("0.91", "0.73", "23.0", "0.09")) {
      assertTrue(dom.contains(">" + share + "</text>"), "the share " + share);
    }
    assertEquals(SIZES.size(), count(dom, ">memory's limit</text>"), "the line at 1");
    assertEquals(1, count(dom, ">slate scan  n\\^1\\.00</text>"), "exponent of the scan");
    assertEquals(1, count(dom, ">slate tree  n\\^0\\.25</text>"), "exponent of the tree");
    assertTrue(dom.contains("memory 22.0 GB/s, arithmetic 55.0 bn attributes/s"), "the roof");
    assertEquals(9, count(dom, "class=\"swatch\""), "rows of the table");
    assertEquals(3, count(dom, "class=\"bad\">0.900"), "recall that is not 1");
    assertEquals(9, count(dom, "class=\"bad\">22 %"), "forks that lie apart");
    assertTrue(dom.contains("sha256 e0bc4fd7") && dom.contains("abc1234567 with changes"));
    assertTrue(
        dom.contains(
            "SLATE_JAVA_OPTS=-Dslate.simd=256 ./slate bench --items 10k,100k,1m --out 'a slate x'"),
        "what repeats it");
    assertTrue(dom.contains("<li>a peer: needs 30.0 GB of heap</li>"), "what is missing");
    assertFalse(dom.contains(">NaN") || dom.contains("undefined"), "a hole in the page");
  }

  @Test
  void aPhoneNeedsNoScrollingSideways() throws IOException, InterruptedException {
    Drawn drawn = drawn(Frame.PHONE);
    assertTrue(drawn.dom().contains("data-overflow=\"0\""), "wider than the window");
    assertEquals("", drawn.complaints());
  }

  @Test
  void needsNothingElse() {
    String page = page(rows("lucene"));
    assertEquals(0, count(page, "(src|href)=\"?'?https?:"), "references to elsewhere");
    assertEquals(0, count(page, "@import|<link|fetch\\(|XMLHttpRequest"), "loads from elsewhere");
    assertTrue(
        page.contains("Licensed to the Apache Software Foundation"), "the library's licence");
  }

  @Test
  void aNameCannotBreakOut() throws IOException, InterruptedException {
    String page = page(rows(Frame.EVIL.peer));
    assertFalse(page.contains("<script>alert"), "script from a name");
    Drawn drawn = drawn(Frame.EVIL);
    assertTrue(drawn.dom().contains("data-ready"), "the script did not reach its end");
    assertEquals("", drawn.complaints());
  }
}
