package dev.slate.bench.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code report.html}: one page that needs nothing else, with the library that draws its charts.
 */
public final class BenchmarkPage {
  private BenchmarkPage() {}

  /**
   * Renders the page.
   *
   * @param measured the rows
   * @param missing what is not among them, in lines
   * @param machine where and how they were measured
   * @return HTML
   */
  public static String render(List<Measurement> measured, List<String> missing, Machine machine) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("where", machine.line());
    data.put("machine", machine.facts());
    data.put("missing", missing);
    data.put("rows", measured.stream().map(BenchmarkPage::row).toList());
    data.put("curves", Curves.of(measured));
    data.put("rooflines", Rooflines.of(measured));
    return resource("page.html")
        .replace("/*STYLE*/", resource("page.css"))
        .replace("/*SCRIPT*/", resource("page.js"))
        .replace("/*CHARTS*/", resource("echarts.common.min.js"))
        .replace("/*DATA*/", ReportJson.embedded(data));
  }

  private static Map<String, Object> row(Measurement each) {
    Map<String, Object> row = new LinkedHashMap<>(ReportJson.fields(each.row()));
    row.put("title", each.title());
    row.put("group", each.group());
    row.put("fork_p50_us", each.forkP50Us());
    row.put("spread", each.spread());
    row.put("limit", each.limit());
    row.put("facts", each.facts());
    return row;
  }

  private static String resource(String name) {
    try (InputStream in = BenchmarkPage.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("resource " + name + " is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
