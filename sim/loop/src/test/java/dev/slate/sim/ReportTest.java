package dev.slate.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slate.sim.audit.AuthorExposure;
import dev.slate.sim.metric.MetricRecorder;
import dev.slate.sim.metric.MetricSeries;
import dev.slate.sim.report.ReportPage;
import dev.slate.sim.report.SelectorRun;
import dev.slate.sim.report.TableFiles;
import dev.slate.sim.report.TrajectoryRecorder;
import java.io.IOException;
import java.io.InputStream;
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
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page, as a browser draws it. Needs a Chromium on the path; skips without. */
class ReportTest {
  @TempDir static Path shared;
  @TempDir Path directory;

  /** Pages that one browser draws, each in a frame of its own: a browser takes long to start. */
  private enum Frame {
    COMPARED("sim compare --selectors nearest,advertisement --replications 3"),
    CROWD("sim --selector random --users 3000 --steps 12 --attack spam --every 0"),
    BORED("sim --selector nearest --boredom 0.3 --steps 4"),
    VISITED("sim --selector advertisement --steps 6");

    private final String command;

    Frame(String command) {
      this.command = command;
    }
  }

  /** Tells the outer page what is in the document, once the visitor has seen it all. */
  private static final String TELL =
      """
      <script>setTimeout(
        () => parent.postMessage('FRAME ' + encodeURIComponent(document.documentElement.outerHTML), '*'),
        8000);
      </script></body>""";

  private static final Map<Frame, String> DRAWN = new EnumMap<>(Frame.class);

  private Path page(String... command) {
    return page(directory.resolve("out"), command);
  }

  private static Path page(Path out, String... command) {
    List<String> whole = new ArrayList<>(List.of(command));
    whole.addAll(List.of("--out", out.toString()));
    if (!whole.contains("--replications")) {
      whole.addAll(List.of("--replications", "1"));
    }
    Cli.Outcome outcome = Cli.run(whole.toArray(String[]::new));
    assertEquals(0, outcome.code(), outcome::err);
    return out.resolve("report.html");
  }

  /** What is in the document of a frame, up to its data. */
  private static synchronized String drawn(Frame frame) throws IOException, InterruptedException {
    if (DRAWN.isEmpty()) {
      draw();
    }
    return DRAWN.get(frame);
  }

  private static void draw() throws IOException, InterruptedException {
    StringBuilder frames = new StringBuilder("<!doctype html><body style='white-space:nowrap'>");
    for (Frame frame : Frame.values()) {
      Path page = page(shared.resolve(frame.name()), frame.command.split(" "));
      String text = Files.readString(page);
      int end = text.lastIndexOf("</body>");
      String visitor = "";
      if (frame == Frame.VISITED) {
        try (InputStream script = ReportTest.class.getResourceAsStream("visitor.js")) {
          String source = new String(script.readAllBytes(), StandardCharsets.UTF_8);
          visitor = "<script>" + source + "</script>";
        }
      }
      Path told = page.resolveSibling("told.html");
      Files.writeString(
          told, text.substring(0, end) + visitor + TELL.replace("FRAME", frame.name()));
      frames.append(
          "<iframe src='%s/told.html' style='border:0' width='800' height='600'></iframe>"
              .formatted(frame.name()));
    }
    frames.append(
        "<script>onmessage = e => document.body.setAttribute('data-' + e.data.split(' ')[0],"
            + " e.data.split(' ')[1])</script>");
    Path outer = Files.writeString(shared.resolve("frames.html"), frames);
    String all = drawn(shared, outer, "--window-size=3300,700");
    for (Frame frame : Frame.values()) {
      Matcher told =
          Pattern.compile("data-" + frame.name().toLowerCase(Locale.ROOT) + "=\"([^\"]*)\"")
              .matcher(all);
      assertTrue(told.find(), () -> "nothing was told of " + frame);
      String dom = URLDecoder.decode(told.group(1), StandardCharsets.UTF_8);
      DRAWN.put(frame, dom.substring(0, dom.indexOf("<script id=")));
    }
  }

  private static String drawn(Path directory, Path page, String... more)
      throws IOException, InterruptedException {
    String browser =
        Stream.of("chromium", "chromium-browser", "google-chrome")
            .filter(
                name ->
                    Stream.of(System.getenv("PATH").split(java.io.File.pathSeparator))
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, name))))
            .findFirst()
            .orElse(null);
    assumeTrue(browser != null, "no Chromium on the path: the page is not seen by a browser");
    Path dom = directory.resolve("dom.html");
    List<String> command =
        new ArrayList<>(
            List.of(
                browser,
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                // Frames in one process start sooner.
                "--disable-features=IsolateOrigins,site-per-process",
                "--disable-site-isolation-trials",
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

  private static int count(String text, String pattern) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    int count = 0;
    while (matcher.find()) {
      count++;
    }
    return count;
  }

  @Test
  void chartsHaveData() throws IOException, InterruptedException {
    String dom = drawn(Frame.COMPARED);
    assertTrue(dom.contains("data-ready=\"yes\""), "the script did not reach its end");
    assertEquals(
        2 * 30, count(dom, "<path class=\"user\" d=\"M[0-9.]+ [0-9.]+L"), "paths of users");
    assertEquals(2 * 30, count(dom, "<path class=\"end\""), "crosses");
    assertEquals(2, count(dom, "class=\"star\""), "advertisement");
    assertEquals(2 * 5, count(dom, "class=\"items\" d=\"M"), "items, in five shades");
    assertTrue(count(dom, "class=\"pole\"") > 5, "poles");
    assertEquals(2 * 10, count(dom, "class=\"users\" d=\"M"), "small multiples");
    assertTrue(count(dom, "class=\"curve\" d=\"M[0-9.]+ [0-9.]+L") >= 2 * 15, "curves");
    assertTrue(count(dom, "class=\"band\" d=\"M") >= 2 * 10, "confidence bands");
    assertEquals(2 * 12, count(dom, "class=\"bar\""), "the authors with most, for each selector");
    assertFalse(dom.contains(">NaN<") || dom.contains("undefined"), "a hole in the page");
  }

  @Test
  void aCrowdIsADensityAndTheCulpritIsNamed() throws IOException, InterruptedException {
    String dom = drawn(Frame.CROWD);
    long size = Files.size(shared.resolve("CROWD/report.html"));
    assertTrue(size < 2_000_000, "page of " + size + " bytes");
    assertEquals(1 + 10, count(dom, "<image class=\"density\"[^>]*data:image/png"), "density");
    assertTrue(dom.contains("<b>Mallory</b>"), "the culprit");
  }

  /**
   * Every kind of page fits any screen, in both colour schemes, and says nothing on the console.
   */
  @Test
  void fitsTheScreen() throws IOException, InterruptedException {
    int[] widths = {360, 390, 1400};
    Path items = directory.resolve("items.csv");
    Files.writeString(
        items,
        "name,author,an_attribute_with_a_long_name_that_nobody_would_choose,b\n"
            + "a name without a blank "
            + "x".repeat(80)
            + ","
            + "y".repeat(60)
            + ",0,1\nb,Bob,1,-1\nc,Cid,-1,0\n");
    String few = " --replications 2 --steps 4";
    String[] commands = {
      "sim compare --selectors nearest-half-random,advertisement --boredom --per-author 2" + few,
      "sim compare --selectors random,nearest-one-different,explore-then-settle --attack spam"
          + " --accounts 20 --collapse-duplicates --gamers 0.3 --leaving 0.9"
          + few,
      "sim --selector random --users 2000 --every 0 --attack spam --steps 4",
      "sim --selector nearest --slate 2 --users 3 --catalog " + items + few,
    };
    for (int i = 0; i < commands.length; i++) {
      Files.writeString(
          directory.resolve("measured" + i + ".html"),
          measured(Files.readString(page(commands[i].split(" "))), i));
    }
    for (int scheme = 0; scheme <= 1; scheme++) {
      // Colours do not change the layout.
      int[] shown = scheme == 0 ? widths : new int[] {390};
      Path frame = directory.resolve("frame" + scheme + ".html");
      Files.writeString(frame, frames(commands.length, shown));
      String dom = drawn(directory, frame, "--blink-settings=preferredColorScheme=" + scheme);
      for (int i = 0; i < commands.length; i++) {
        for (int width : shown) {
          Matcher seen =
              Pattern.compile(
                      "data-seen-"
                          + i
                          + "-"
                          + width
                          + "=\"\\d+ \\d+ (\\d+) ([^\"]*?) (rgb[^\"]*)\"")
                  .matcher(dom);
          String which = commands[i] + " at " + width;
          assertTrue(seen.find(), () -> "nothing was measured of " + which + ": " + dom);
          int overflow = Integer.parseInt(seen.group(1)) - width;
          assertTrue(overflow <= 0, () -> which + " overflows by " + overflow);
          assertEquals("-", seen.group(2), () -> "said on the console of " + which);
          assertEquals(scheme == 0 ? "rgb(15, 19, 24)" : "rgb(245, 247, 249)", seen.group(3));
        }
      }
    }
  }

  /** A page of frames, each page in each width, which notes what they tell. */
  private static String frames(int pages, int[] widths) {
    StringBuilder frames = new StringBuilder("<!doctype html><body>");
    for (int i = 0; i < pages; i++) {
      for (int width : widths) {
        frames.append(
            "<iframe src=\"measured%d.html\" style=\"border:0\" height=\"600\" width=\"%d\"></iframe>"
                .formatted(i, width));
      }
    }
    return frames
        .append("<script>onmessage = e => document.body.setAttribute('data-seen-' +")
        .append(" e.data.split(' ').slice(0, 2).join('-'), e.data)</script>")
        .toString();
  }

  /** The page with a script that tells its frame what it measures of itself, time and again. */
  private static String measured(String page, int number) {
    return page.replaceFirst(
            "<script",
            "<script>window.said = []; window.onerror = e => said.push(e); console.error ="
                + " console.warn = (...e) => said.push(e.join()); onunhandledrejection = e =>"
                + " said.push(e.reason)</script><script")
        .replace(
            "</body>",
            "<script>setInterval(() => document.body.dataset.ready &&"
                + " parent.postMessage(["
                + number
                + ", innerWidth, document.documentElement.scrollWidth,"
                + " said.join() || '-', getComputedStyle(document.body).backgroundColor].join(' '),"
                + " '*'), 100)</script></body>");
  }

  /** Nothing about advertisements where there were none; what was switched on is said. */
  @Test
  void theLegendIsThatOfThisRun() throws IOException, InterruptedException {
    String dom = drawn(Frame.BORED);
    assertEquals(0, count(dom, "class=\"star\""));
    assertFalse(dom.contains("the advertisement, image_0.png"), "legend");
    assertTrue(dom.contains("With boredom 0.3"), "switches");
  }

  /** Plays, chooses other attributes, points at the advertisement and saves a figure. */
  @Test
  void doesWhatItIsAskedTo() throws IOException, InterruptedException {
    String dom = drawn(Frame.VISITED);
    String seen = dom.substring(dom.indexOf("<pre id=\"seen\">"), dom.indexOf("</pre>"));
    assertTrue(
        seen.contains("figure: advertisement: motivational and offensive after step 6"), seen);
    assertTrue(seen.contains("tip: image_0.png by Celebrations item 0"), seen);
    assertTrue(
        seen.contains("humour 0.00 · sarcasm -1.00 · offensive -1.00 · motivational 1.00"), seen);
    assertTrue(
        seen.contains(
            "saved: paths-advertisement-motivational-offensive-step6.svg image/svg+xml &lt;svg xmlns"),
        seen);
    assertTrue(
        seen.contains(
            "saved: paths-advertisement-motivational-offensive-step6.png data:image/png;base64,"),
        seen);
    assertTrue(seen.matches("(?s).*playing: step [0-5] of 6\\R.*"), seen);
    assertTrue(seen.contains("played: step 6 of 6"), seen);
  }

  @Test
  void needsNothingElse() throws IOException {
    String page = Files.readString(page("sim", "--selector", "nearest", "--steps", "2"));
    assertEquals(0, count(page, "(src|href)=\"https?:"), "references to elsewhere");
    assertEquals(0, count(page, "@import|<link"), "style from elsewhere");
  }

  @Test
  void aNameCannotBreakOut() throws IOException {
    String evil = "</script><script>alert(1)</script>";
    ItemCatalog plain = TestCatalogs.grid(20, 2, 1);
    ItemCatalog catalog =
        new ItemCatalog(
            evil,
            plain.items(),
            List.of(evil, "b,\"c\""),
            item -> evil,
            plain.authors(),
            new int[20],
            0);
    MetricRecorder recorder = new MetricRecorder(catalog, Behavior.NONE, MetricRecorder.READINGS);
    TrajectoryRecorder trajectories = new TrajectoryRecorder(2);
    try (TableFiles tables = new TableFiles(directory, catalog, 1, 2, user -> evil)) {
      new Simulation(catalog, Selectors.create("random"))
          .size(3, 2, 2)
          .run(recorder, trajectories, tables);
      tables.commit();
    }
    SelectorRun run =
        new SelectorRun(
            evil,
            evil,
            MetricSeries.over(List.of(recorder)),
            List.of(),
            new AuthorExposure(catalog),
            trajectories);
    Path file = directory.resolve("report.html");
    ReportPage.write(
        catalog,
        Map.of("catalog", evil),
        List.of(evil),
        List.of(run),
        null,
        null,
        user -> evil,
        file);
    assertFalse(Files.readString(file).contains("<script>alert"), "script from a name");
    assertEquals(
        "step,user," + evil + ",\"b,\"\"c\"\"\"",
        Files.readAllLines(directory.resolve("trajectories.csv")).getFirst());
  }

  @Test
  void picturesComeIntoThePage() throws IOException {
    Path images = Files.createDirectory(directory.resolve("images"));
    Files.write(images.resolve("image_0.png"), new byte[] {1, 2, 3});
    String page =
        Files.readString(page("sim", "--selector", "random", "--images", images.toString()));
    assertTrue(page.contains("\"images\":{\"0\":\"data:image/png;base64,AQID\"}"));
  }
}
