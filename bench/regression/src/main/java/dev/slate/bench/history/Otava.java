package dev.slate.bench.history;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import dev.slate.bench.commits.Entry;
import dev.slate.bench.results.BenchmarkMetric;
import dev.slate.bench.results.Direction;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A history as Apache Otava reads it: a CSV file of a line for each commit, with time, commit,
 * branch and a column for each row, and the YAML of a test over it. Otava wants a number in every
 * cell, so rows that are not in every entry are left out.
 */
final class Otava {
  private Otava() {}

  /**
   * The rows that every entry has.
   *
   * @param entries how many there are
   * @param tracks all rows
   * @return those without gaps
   */
  static List<Track> whole(int entries, List<Track> tracks) {
    return tracks.stream().filter(track -> track.entries().size() == entries).toList();
  }

  /**
   * The data.
   *
   * @param entries by time
   * @param whole rows without gaps
   * @return CSV with a header
   */
  static String csv(List<Entry> entries, List<Track> whole) {
    StringWriter text = new StringWriter();
    try (CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(text)) {
      List<String> cells = new ArrayList<>(List.of("time", "commit", "branch"));
      whole.forEach(track -> cells.add(column(track)));
      csv.writeRecord(cells);
      for (int i = 0; i < entries.size(); i++) {
        Entry entry = entries.get(i);
        cells.clear();
        cells.addAll(List.of(entry.time().toString(), entry.commit(), entry.branch()));
        for (Track track : whole) {
          cells.add(Double.toString(track.values()[i]));
        }
        csv.writeRecord(cells);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  /**
   * The test.
   *
   * @param file where the data will be
   * @param whole rows without gaps
   * @return YAML for otava.yaml
   */
  static String yaml(String file, List<Track> whole) {
    StringBuilder yaml = new StringBuilder("tests:\n  slate:\n    type: csv\n    file: ");
    yaml.append(quoted(file)).append("\n    time_column: time\n    attributes: [commit, branch]\n");
    yaml.append("    csv_options:\n      delimiter: ','\n      quote_char: '\"'\n    metrics:\n");
    for (Track track : whole) {
      yaml.append("      ").append(quoted(column(track))).append(":\n");
      yaml.append("        direction: ").append(direction(track.metric())).append('\n');
    }
    return yaml.toString();
  }

  /** Otava reports changes either way, and takes 1 where nothing is said. */
  private static int direction(BenchmarkMetric metric) {
    return metric.direction() == Direction.LOWER_IS_BETTER ? -1 : 1;
  }

  private static String column(Track track) {
    return track.key().run() + " " + track.metric().label();
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}
