package dev.slate.bench.planner;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import de.siegmar.fastcsv.writer.CsvWriter;
import dev.slate.data.Distribution;
import dev.slate.data.InputException;
import dev.slate.data.OutputFile;
import dev.slate.kernel.Metric;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;

/**
 * The table as CSV. A file that exists is continued if the same build wrote it, and refused
 * otherwise.
 */
final class RegretFile {
  private static final String MICROS = "_us";
  private static final String PLANNED = "planned_build_ms";
  private static final String BUILD = "build_ms";

  private final Path file;
  private final String build;
  private final List<String> strategies;
  private final List<RegretRow> rows = new ArrayList<>();

  /**
   * Reads what is there.
   *
   * @param file may be missing
   * @param build name of the measured build; a file of another build is refused
   * @param strategies names of the strategies that are measured, lower case
   * @throws InputException if the file is of another build or is no such table, or can never be
   *     written
   */
  RegretFile(Path file, String build, List<String> strategies) {
    this.file = file;
    this.build = build;
    this.strategies = List.copyOf(strategies);
    OutputFile.create(file.toString()).close(); // refuses now what could never be written
    if (Files.exists(file)) {
      read();
    }
  }

  private void read() {
    try (CsvReader<NamedCsvRecord> reader = CsvReader.builder().ofNamedCsvRecord(file)) {
      for (NamedCsvRecord record : reader) {
        if (!record.getField("build").equals(build)) {
          throw new InputException(
              file.toString(), "is of another build; delete it, or name another file");
        }
        rows.add(row(record));
      }
      if (rows.isEmpty() && Files.size(file) > 0) {
        throw new InputException(file.toString(), "is no table of regrets");
      }
    } catch (IllegalArgumentException
        | NoSuchElementException
        | IOException
        | UncheckedIOException e) {
      throw new InputException(file.toString(), "is no table of regrets", e);
    }
  }

  private RegretRow row(NamedCsvRecord record) {
    Map<String, Double> micros = new HashMap<>();
    for (String strategy : strategies) {
      micros.put(strategy, Double.parseDouble(record.getField(strategy + MICROS)));
    }
    RegretCell cell =
        new RegretCell(
            Distribution.valueOf(record.getField("distribution").toUpperCase(Locale.ROOT)),
            Integer.parseInt(record.getField("n")),
            Integer.parseInt(record.getField("d")),
            Metric.valueOf(record.getField("metric").toUpperCase(Locale.ROOT)),
            Integer.parseInt(record.getField("k")));
    return new RegretRow(
        cell,
        record.getField("chosen"),
        micros,
        Double.parseDouble(record.getField("chosen" + MICROS)),
        Double.parseDouble(record.getField(PLANNED)),
        Double.parseDouble(record.getField(BUILD)));
  }

  /** The rows so far. */
  List<RegretRow> rows() {
    return List.copyOf(rows);
  }

  boolean has(RegretCell cell) {
    return rows.stream().anyMatch(row -> row.cell().equals(cell));
  }

  /**
   * Adds a row, and writes the file anew.
   *
   * @throws InputException if it cannot be written
   */
  void add(RegretRow row) {
    rows.add(row);
    try {
      OutputFile.write(file, render());
    } catch (IOException e) {
      throw OutputFile.unwritable(file.toString(), e);
    }
  }

  private String render() throws IOException {
    StringWriter text = new StringWriter();
    try (CsvWriter csv = CsvWriter.builder().build(text)) {
      write(csv);
    }
    return text.toString();
  }

  private void write(CsvWriter csv) {
    List<String> header =
        new ArrayList<>(List.of("distribution", "n", "d", "metric", "k", "fastest", "chosen"));
    strategies.forEach(strategy -> header.add(strategy + MICROS));
    header.addAll(List.of("chosen" + MICROS, "regret", PLANNED, BUILD, "build"));
    csv.writeRecord(header);
    rows.forEach(row -> csv.writeRecord(fields(row)));
  }

  private List<String> fields(RegretRow row) {
    RegretCell cell = row.cell();
    List<String> fields =
        new ArrayList<>(
            List.of(
                cell.distribution().name().toLowerCase(Locale.ROOT),
                Integer.toString(cell.n()),
                Integer.toString(cell.d()),
                cell.metric().name().toLowerCase(Locale.ROOT),
                Integer.toString(cell.k()),
                row.fastest(),
                row.chosen()));
    strategies.forEach(
        strategy -> fields.add(number(row.micros().getOrDefault(strategy, Double.NaN))));
    fields.addAll(
        List.of(
            number(row.chosenMicros()),
            number(row.regret()),
            number(row.plannedMillis()),
            number(row.buildMillis()),
            build));
    return fields;
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.4g", value);
  }
}
