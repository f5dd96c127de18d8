package dev.slate.sim.report;

import dev.slate.data.OutputFile;
import dev.slate.sim.ItemCatalog;
import dev.slate.sim.Observer;
import dev.slate.sim.StepState;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.ObjIntConsumer;

/**
 * Writes {@code trajectories.csv} and {@code impressions.csv} while a run goes on; they appear
 * under their names when it is committed.
 */
public final class TableFiles implements Observer, AutoCloseable {
  private static final int BUFFER = 1 << 16;

  private final int every;
  private final int lastStep;
  private final Table trajectories;
  private final Table impressions;

  /**
   * Starts both tables.
   *
   * @param directory where they go; exists
   * @param catalog the items
   * @param every interval of the recorded steps; the first and the last are always recorded
   * @param lastStep number of the last step
   */
  public TableFiles(Path directory, ItemCatalog catalog, int every, int lastStep) {
    this.every = every;
    this.lastStep = lastStep;
    StringBuilder header = new StringBuilder("step,user");
    for (String attribute : catalog.attributes()) {
      header.append(',').append(quoted(attribute));
    }
    this.trajectories = new Table(directory.resolve("trajectories.csv"), header.append('\n'));
    this.impressions =
        new Table(
            directory.resolve("impressions.csv"),
            new StringBuilder("step,user,rank,item,ad,chosen\n"));
  }

  private static String quoted(String cell) {
    boolean special = cell.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return special ? '"' + cell.replace("\"", "\"\"") + '"' : cell;
  }

  @Override
  public void observe(StepState state) {
    if (state.step() % every == 0 || state.step() == lastStep) {
      each(state, trajectories, (row, user) -> position(state, user, row));
      if (state.step() > 0) {
        each(state, impressions, (row, user) -> slate(state, user, row));
      }
    }
  }

  private static void each(StepState state, Table table, ObjIntConsumer<StringBuilder> writer) {
    for (int user = 0; user < state.users(); user++) {
      if (state.present(user)) {
        writer.accept(table.text, user);
        table.flush(BUFFER);
      }
    }
  }

  private static void position(StepState state, int user, StringBuilder row) {
    row.append(state.step()).append(',').append(user);
    for (int j = 0; j < state.settings().catalog().dimensions(); j++) {
      row.append(',').append(state.preference(user, j));
    }
    row.append('\n');
  }

  private static void slate(StepState state, int user, StringBuilder row) {
    for (int rank = 0; rank < state.shown(user); rank++) {
      row.append(state.step()).append(',').append(user).append(',').append(rank + 1).append(',');
      row.append(state.item(user, rank)).append(state.advertisement(user, rank) ? ",1," : ",0,");
      row.append(rank == state.chosen(user) ? "1\n" : "0\n");
    }
  }

  /** Gives both tables their names. */
  public void commit() {
    trajectories.commit();
    impressions.commit();
  }

  @Override
  public void close() {
    trajectories.file.close();
    impressions.file.close();
  }

  /** A file and the text that waits to be written to it. */
  private static final class Table {
    private final OutputFile file;
    private final OutputStream out;
    private final StringBuilder text;

    Table(Path path, StringBuilder header) {
      this.file = OutputFile.create(path.toString());
      this.out = file.stream();
      this.text = header;
    }

    void flush(int threshold) {
      if (text.length() < threshold) {
        return;
      }
      try {
        out.write(text.toString().getBytes(StandardCharsets.UTF_8));
      } catch (IOException e) {
        throw OutputFile.unwritable(file.name(), e);
      }
      text.setLength(0);
    }

    void commit() {
      flush(0);
      file.commit();
    }
  }
}
