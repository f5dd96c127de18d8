package dev.slate.recommend.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slate.recommend.evaluate.Figure;
import dev.slate.recommend.evaluate.Judge;
import dev.slate.recommend.evaluate.Scores;
import dev.slate.recommend.store.CsvFile;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** Prints the figures of one run. */
final class ScoresPrinter {
  private static final ObjectMapper JSON = new ObjectMapper();

  private ScoresPrinter() {}

  static void print(
      Scores scores, Judge judge, int k, boolean perUser, OutputFormat format, PrintWriter out) {
    switch (format) {
      case TEXT -> text(scores, judge, perUser, out);
      case CSV -> csv(scores, perUser, out);
      case JSON -> json(scores, judge, k, perUser, out);
    }
    out.flush();
  }

  private static void text(Scores scores, Judge judge, boolean perUser, PrintWriter out) {
    List<Figure> figures = scores.figures();
    int width = 10;
    if (perUser) {
      for (String query : scores.queries()) {
        width = Math.max(width, query.length());
      }
      out.printf("%-" + width + "s", "user");
      figures.forEach(figure -> out.printf("%14s", figure.name()));
      out.println();
      for (int row = 0; row < scores.queries().size(); row++) {
        out.printf("%-" + width + "s", scores.queries().get(row));
        for (double[] column : scores.values()) {
          out.printf(Locale.ROOT, "%14.4f", column[row]);
        }
        out.println();
      }
      out.printf("%-" + width + "s", "all");
      for (int figure = 0; figure < figures.size(); figure++) {
        out.printf(Locale.ROOT, "%14.4f", scores.mean(figure));
      }
      out.println();
      return;
    }
    for (int figure = 0; figure < figures.size(); figure++) {
      out.printf(Locale.ROOT, "%-14s%.4f%n", figures.get(figure).name(), scores.mean(figure));
    }
    out.printf(
        Locale.ROOT,
        "over %,d users, as %s defines it%n",
        scores.queries().size(),
        judge.convention().word());
  }

  private static void csv(Scores scores, boolean perUser, PrintWriter out) {
    out.print("user");
    scores.figures().forEach(figure -> out.print("," + figure.name()));
    out.print('\n');
    for (int row = 0; perUser && row < scores.queries().size(); row++) {
      out.print(CsvFile.quoted(scores.queries().get(row)));
      for (double[] column : scores.values()) {
        out.print("," + column[row]);
      }
      out.print('\n');
    }
    out.print("all");
    for (int figure = 0; figure < scores.figures().size(); figure++) {
      out.print("," + scores.mean(figure));
    }
    out.print('\n');
  }

  private static void json(Scores scores, Judge judge, int k, boolean perUser, PrintWriter out) {
    ObjectNode root = JSON.createObjectNode();
    root.put("convention", judge.convention().word());
    if (k == Integer.MAX_VALUE) {
      root.put("k", "all");
    } else {
      root.put("k", k);
    }
    root.put("users", scores.queries().size());
    ObjectNode metrics = root.putObject("metrics");
    for (int figure = 0; figure < scores.figures().size(); figure++) {
      metrics.put(scores.figures().get(figure).name(), scores.mean(figure));
    }
    if (perUser) {
      ObjectNode users = root.putObject("per_user");
      for (int row = 0; row < scores.queries().size(); row++) {
        ObjectNode user = users.putObject(scores.queries().get(row));
        for (int figure = 0; figure < scores.figures().size(); figure++) {
          user.put(scores.figures().get(figure).name(), scores.values()[figure][row]);
        }
      }
    }
    try {
      out.println(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
