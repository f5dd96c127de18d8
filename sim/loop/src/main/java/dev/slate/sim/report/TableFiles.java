package dev.slate.sim.report;

import dev.slate.data.OutputFile;
import dev.slate.sim.ItemCatalog;
import dev.slate.sim.StepObserver;
import dev.slate.sim.StepState;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.ObjIntConsumer;

/**
 * Writes {@code trajectories.csv} and {@code impressions.csv} while a run goes on, and {@code
 * items.csv} and {@code users.csv} at its start; they appear under their names when committed.
 */
public final class TableFiles implements StepObserver, AutoCloseable {
  /** The names of the tables. */
  public static final List<String> NAMES =
      List.of("trajectories.csv", "impressions.csv", "items.csv", "users.csv");

  private static final int BUFFER = 1 << 16;

  private final int every;
  private final int lastStep;
  private final Table trajectories;
  private final Table impressions;
  private final Table items;
  private final Table users;
  private final ItemCatalog catalog;
  private final IntFunction<String> userNames;

  /**
   * Starts the tables.
   *
   * @param directory where they go; exists
   * @param catalog the items
   * @param every interval of the recorded steps; the first and the last are always recorded
   * @param lastStep number of the last step
   * @param userNames name of each user
   */
  public TableFiles(
      Path directory, ItemCatalog catalog, int every, int lastStep, IntFunction<String> userNames) {
    this.every = every;
    this.lastStep = lastStep;
    StringBuilder header = new StringBuilder("step,user");
    for (String attribute : catalog.attributes()) {
      header.append(',').append(quoted(attribute));
    }
    this.trajectories =
        new Table(directory.resolve("trajectories.csv"), new StringBuilder(header.append('\n')));
    this.impressions =
        new Table(
            directory.resolve("impressions.csv"),
            new StringBuilder("step,user,rank,item,ad,chosen\n"));
    this.catalog = catalog;
    this.userNames = userNames;
    String attributes = header.substring("step,user".length());
    this.items =
        new Table(
            directory.resolve("items.csv"), new StringBuilder("item,name,author" + attributes));
    this.users =
        new Table(
            directory.resolve("users.csv"), new StringBuilder("user,name,gamer" + attributes));
  }

  private void items() {
    float[] row = new float[catalog.dimensions()];
    for (int item = 0; item < catalog.size(); item++) {
      catalog.read(item, row);
      items.text.append(item).append(',').append(quoted(catalog.name(item))).append(',');
      items.text.append(quoted(catalog.authors().get(catalog.author(item))));
      for (float attribute : row) {
        items.text.append(',').append(attribute);
      }
      items.text.append('\n');
      items.flush(BUFFER);
    }
  }

  private void users(StepState state) {
    for (int user = 0; user < state.users(); user++) {
      users.text.append(user).append(',').append(quoted(userNames.apply(user)));
      users.text.append(state.gamer(user) ? ",1" : ",0");
      for (int j = 0; j < catalog.dimensions(); j++) {
        users.text.append(',').append(state.origin(user, j));
      }
      users.text.append('\n');
      users.flush(BUFFER);
    }
  }

  private static String quoted(String cell) {
    boolean special = cell.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return special ? '"' + cell.replace("\"", "\"\"") + '"' : cell;
  }

  @Override
  public void observe(StepState state) {
    if (state.step() == 0) {
      items();
      users(state);
    }
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

  /** Gives the tables their names. */
  public void commit() {
    trajectories.commit();
    impressions.commit();
    items.commit();
    users.commit();
  }

  @Override
  public void close() {
    trajectories.file.close();
    impressions.file.close();
    items.file.close();
    users.file.close();
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
