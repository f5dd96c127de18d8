package dev.slate.recommend.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slate.recommend.evaluate.Figure;
import dev.slate.recommend.evaluate.Measure;
import dev.slate.recommend.evaluate.ModelComparison;
import dev.slate.recommend.evaluate.Resampling.Interval;
import dev.slate.recommend.online.OnlineComparison;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pages, as a browser draws them. What needs a Chromium on the path skips without. */
class PagesTest {
  private static final List<String> NAMES =
      List.of("session-knn", "popular", "two-tower", "als", "item-knn", "random");

  @TempDir private Path directory;

  private static Map<String, String> pages() {
    List<Figure> figures =
        List.of(new Figure(Measure.PRECISION, 10), new Figure(Measure.NDCG, 1000));
    List<OnlineComparison.Entry> online = new ArrayList<>();
    List<ModelComparison.Entry> offline = new ArrayList<>();
    for (int i = 0; i < NAMES.size(); i++) {
      double[] means = {0.3 - 0.04 * i, 0.2};
      Interval[] intervals = {
        new Interval(means[0] - 0.01, means[0] + 0.01), new Interval(0.18, 0.21)
      };
      double satisfaction = (i * 5 % 7) / 10.0;
      online.add(
          new OnlineComparison.Entry(
              NAMES.get(i),
              means,
              intervals,
              satisfaction,
              new Interval(satisfaction, satisfaction)));
      Map<String, Double> properties = new LinkedHashMap<>();
      for (String name : List.of("coverage", "distributional_coverage", "popularity_lift")) {
        properties.put(name, 12345.678);
      }
      offline.add(
          new ModelComparison.Entry(
              i == 0 ? "a-directory-named-" + "x".repeat(60) : NAMES.get(i),
              new double[][] {{0.1, 0.2 + i}, {0.2, 0.2}},
              means,
              intervals,
              properties,
              Map.of(),
              0,
              1));
    }
    OnlineComparison both =
        new OnlineComparison(
            figures,
            300,
            online,
            List.of(
                new OnlineComparison.Agreement(figures.getFirst(), 0.5, new Interval(-0.25, 1))));
    ModelComparison models = ModelComparison.of(figures, List.of("a", "b"), offline);
    return Map.of(
        "online",
        OnlinePage.of(both),
        "report",
        ComparisonPage.of(models, "trec_eval", "/" + "test".repeat(30) + ".csv"));
  }

  /** Equal models stand below each other, and each line joins the two places of a model. */
  @Test
  void eachModelHasAPlaceOnBothSides() {
    String page = pages().get("online");
    String[] columns = page.split("</ol>", -1);
    assertEquals(
        List.of("session-knn", "popular", "two-tower", "als", "item-knn", "random"),
        names(columns[0], "<li>([a-z-]+) &nbsp;"));
    // Satisfaction by model: 0, 0.5, 0.3, 0.1, 0.6, 0.4.
    assertEquals(
        List.of("item-knn", "popular", "random", "two-tower", "als", "session-knn"),
        names(columns[1], "&nbsp;([a-z-]+)</li>"));
    Matcher line =
        Pattern.compile("<line x1=\"2\" x2=\"98\" y1=\"(\\d+)\" y2=\"(\\d+)\"").matcher(page);
    List<String> places = new ArrayList<>();
    while (line.find()) {
      places.add(Integer.parseInt(line.group(1)) / 34 + ">" + Integer.parseInt(line.group(2)) / 34);
    }
    assertEquals(List.of("0>5", "1>1", "2>3", "3>4", "4>0", "5>2"), places);
  }

  /** Who reads the page need not guess what its columns are. */
  @Test
  void thePropertiesAreExplained() {
    String page = pages().get("report");
    assertTrue(page.contains("<p>Of lists of at most 1,000 items.</p>"), page);
    for (String name : List.of("coverage", "distributional coverage", "popularity lift")) {
      assertTrue(page.contains("<dt>" + name + "</dt><dd>"), name);
    }
  }

  private static List<String> names(String text, String pattern) {
    return Pattern.compile(pattern).matcher(text).results().map(found -> found.group(1)).toList();
  }

  /**
   * Every page fits a telephone and a desk, in both colour schemes, in letters that can be read.
   */
  @Test
  void fitsTheScreen() throws IOException, InterruptedException {
    int[] widths = {360, 390, 1400};
    StringBuilder frames = new StringBuilder();
    for (Map.Entry<String, String> page : pages().entrySet()) {
      Files.writeString(
          directory.resolve(page.getKey() + ".html"), measured(page.getValue(), page.getKey()));
      for (int width : widths) {
        frames.append(
            "<iframe src=\"%s.html\" style=\"border:0\" height=\"600\" width=\"%d\"></iframe>"
                .formatted(page.getKey(), width));
      }
    }
    Path frame = directory.resolve("frame.html");
    Files.writeString(
        frame,
        "<!doctype html><body><script>onmessage = e => document.body.setAttribute('data-seen-' +"
            + " e.data.split(' ').slice(0, 2).join('-'), e.data)</script>"
            + frames);
    for (int scheme = 0; scheme <= 1; scheme++) {
      String dom = drawn(frame, "--blink-settings=preferredColorScheme=" + scheme);
      for (String page : pages().keySet()) {
        for (int width : widths) {
          Matcher seen =
              Pattern.compile(
                      "data-seen-%s-%d=\"\\S+ \\d+ (\\d+) ([0-9.]+) (rgb[^\"]*)\""
                          .formatted(page, width))
                  .matcher(dom);
          String which = page + " at " + width;
          assertTrue(seen.find(), () -> "nothing was measured of " + which + ": " + dom);
          int overflow = Integer.parseInt(seen.group(1)) - width;
          assertTrue(overflow <= 0, () -> which + " overflows by " + overflow);
          assertTrue(Double.parseDouble(seen.group(2)) >= 12, which + ": " + seen.group(2) + " px");
          assertEquals(scheme == 0 ? "rgb(20, 24, 31)" : "rgb(255, 255, 255)", seen.group(3));
        }
      }
    }
  }

  /**
   * The page with a script that tells its frame: its width, how far its content goes to the right
   * (that of a table in a section that scrolls aside), the smallest letters, the background.
   */
  private static String measured(String page, String name) {
    return page.replace(
        "</html>",
        """
        <script>setInterval(() => {
          let right = document.documentElement.scrollWidth, letters = 99;
          for (const e of document.querySelectorAll('main *')) {
            const box = e.getBoundingClientRect(), drawn = e.closest('svg');
            if (!e.closest('table')) right = Math.max(right, Math.ceil(box.right));
            const scale = drawn && e.getScreenCTM && e.textContent.trim() ? e.getScreenCTM().a : 1;
            letters = Math.min(letters, scale * parseFloat(getComputedStyle(e).fontSize));
          }
          parent.postMessage(['%s', innerWidth, right, letters,
            getComputedStyle(document.body).backgroundColor].join(' '), '*');
        }, 100)</script></html>"""
            .formatted(name));
  }

  private String drawn(Path page, String... more) throws IOException, InterruptedException {
    String browser =
        Stream.of("chromium", "chromium-browser", "google-chrome")
            .filter(
                name ->
                    Stream.of(System.getenv("PATH").split(java.io.File.pathSeparator))
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, name))))
            .findFirst()
            .orElse(null);
    assumeTrue(browser != null, "no Chromium on the path: the pages are not seen by a browser");
    Path dom = directory.resolve("dom.html");
    List<String> command =
        new ArrayList<>(
            List.of(
                browser,
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--user-data-dir=" + directory.resolve("profile"),
                "--virtual-time-budget=10000",
                "--dump-dom"));
    command.addAll(List.of(more));
    command.add(page.toUri().toString());
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(dom.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("the browser did not end");
    }
    return Files.readString(dom, StandardCharsets.UTF_8);
  }
}
