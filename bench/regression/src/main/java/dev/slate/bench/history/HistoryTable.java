package dev.slate.bench.history;

import dev.slate.bench.commits.Entry;
import dev.slate.bench.compare.Numbers;
import dev.slate.bench.results.RowKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Help.Ansi;

/** A history for the terminal: each row that changed, drawn small, and its change points. */
final class HistoryTable {
  private static final String BARS = "▁▂▃▄▅▆▇█";
  private static final int WIDTH = 80;
  private static final Map<String, String> STYLES = Map.of("worse", "red", "better", "green");

  private HistoryTable() {}

  /**
   * Renders a history.
   *
   * @param summary of it, in one line
   * @param tracks all rows
   * @param ansi whether to colour
   * @return lines, the last with its line break
   */
  static String text(String summary, List<Track> tracks, Ansi ansi) {
    StringBuilder out = new StringBuilder(summary).append('\n');
    for (Track track : latestFirst(tracks)) {
      if (track.changes().isEmpty()) {
        continue;
      }
      out.append('\n').append(bold(ansi, heading(track))).append('\n');
      out.append("  ").append(sparkline(track.values())).append('\n');
      for (ChangePoint change : track.changes()) {
        Entry entry = track.entries().get(change.index());
        String verdict = track.word(change);
        String line =
            String.format(
                Locale.ROOT,
                "  %s  %-8s  %7s → %7s  %8s  %-6s  p %.1g",
                entry.time().toString().substring(0, 10),
                entry.shortCommit(),
                Numbers.value(change.before()),
                Numbers.value(change.after()),
                Numbers.change(change.change()),
                verdict,
                change.p());
        String style = STYLES.getOrDefault(verdict, "cyan");
        out.append(
                ansi.enabled()
                    ? line.replace(verdict, ansi.string("@|" + style + " " + verdict + "|@"))
                    : line)
            .append('\n');
      }
    }
    return out.toString();
  }

  /**
   * Renders a history as Markdown.
   *
   * @param summary of it, in one line
   * @param tracks all rows
   * @return lines, the last with its line break
   */
  static String markdown(String summary, List<Track> tracks) {
    StringBuilder out = new StringBuilder("### ").append(summary).append("\n\n");
    out.append("| date | commit | benchmark | metric | before | after | change | p |\n");
    out.append("|---|---|---|---|--:|--:|--:|--:|\n");
    for (Track track : latestFirst(tracks)) {
      for (ChangePoint change : track.changes()) {
        Entry entry = track.entries().get(change.index());
        out.append(
            String.format(
                Locale.ROOT,
                "| %s | `%s` | %s | %s | %s | %s | %s %s | %.1g |%n",
                entry.time().toString().substring(0, 10),
                entry.shortCommit(),
                track.key().run().toString().replace("|", "\\|"),
                track.metric().label(),
                Numbers.value(change.before()),
                Numbers.value(change.after()),
                Numbers.change(change.change()),
                track.word(change),
                change.p()));
      }
    }
    return out.toString();
  }

  /**
   * Orders rows by their last change.
   *
   * @param tracks in any order
   * @return those that changed most lately first, those that never changed last
   */
  static List<Track> latestFirst(List<Track> tracks) {
    List<Track> sorted = new ArrayList<>(tracks);
    sorted.sort(
        Comparator.comparing(
            (Track track) ->
                track.changes().isEmpty()
                    ? Instant.MIN
                    : track
                        .entries()
                        .get(track.changes().get(track.changes().size() - 1).index())
                        .time(),
            Comparator.reverseOrder()));
    return sorted;
  }

  private static String heading(Track track) {
    RowKey key = track.key();
    String text = key.shortName() + " " + key.conditions() + "  " + track.metric().label();
    return text.length() <= WIDTH ? text : text.substring(0, WIDTH - 1) + "…";
  }

  private static String bold(Ansi ansi, String text) {
    return ansi.enabled() ? ansi.string("@|bold " + text + "|@") : text;
  }

  /** One bar for each value, of the last ones that fit. */
  private static String sparkline(double[] values) {
    int from = Math.max(0, values.length - (WIDTH - 2));
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (int i = from; i < values.length; i++) {
      low = Math.min(low, values[i]);
      high = Math.max(high, values[i]);
    }
    StringBuilder bars = new StringBuilder();
    for (int i = from; i < values.length; i++) {
      double share = high == low ? 0 : (values[i] - low) / (high - low);
      bars.append(BARS.charAt((int) Math.round(share * (BARS.length() - 1))));
    }
    return bars.toString();
  }
}
