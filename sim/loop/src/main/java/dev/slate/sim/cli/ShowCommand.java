package dev.slate.sim.cli;

import dev.slate.data.InputException;
import dev.slate.sim.ItemCatalog;
import dev.slate.sim.report.Paragraph;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code slate sim show}. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Prints what there is to know about a user, an item or an author.")
public final class ShowCommand implements Callable<Integer> {
  private static final int LISTED = 10;

  /** A blank at which no line ends. */
  private static final char TIE = '\u00a0';

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..1",
      paramLabel = "DIR",
      description = "The folder of a run, for what happened; without it the catalogue alone.")
  private @Nullable Path run;

  @ArgGroup(multiplicity = "1")
  private Subject subject;

  /** One of the three. */
  static final class Subject {
    @Option(names = "--user", paramLabel = "N", description = "Number of a user of the run.")
    private @Nullable Integer user;

    @Option(names = "--item", paramLabel = "NAME", description = "Name or ordinal of an item.")
    private @Nullable String item;

    @Option(names = "--author", paramLabel = "NAME", description = "Name of an author.")
    private @Nullable String author;
  }

  @Mixin private CatalogOptions catalogOptions = new CatalogOptions();

  @Option(
      names = "--seed",
      defaultValue = "7",
      paramLabel = "S",
      description = "Decides who made what (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Override
  public Integer call() throws Exception {
    return SettingErrors.asInput(this::show);
  }

  private int show() {
    ItemCatalog catalog = catalog();
    PrintWriter out = spec.commandLine().getOut();
    if (subject.user != null) {
      user(catalog, subject.user, out);
    } else if (subject.item != null) {
      item(catalog, subject.item, out);
    } else {
      author(catalog, String.valueOf(subject.author), out);
    }
    out.flush();
    return 0;
  }

  /** The catalogue of the run as it was written, or the one that is named. */
  private ItemCatalog catalog() {
    Path items = run == null ? null : run.resolve("items.csv");
    return items != null && Files.exists(items)
        ? dev.slate.sim.catalog.CatalogLoader.open(items.toString(), null, seed)
        : catalogOptions.open(seed);
  }

  private void user(ItemCatalog catalog, int user, PrintWriter out) {
    if (run == null) {
      throw new InputException("--user", "needs the folder of a run");
    }
    List<String> lines = new ArrayList<>();
    rows(
        "users.csv",
        row -> {
          if (row.is("user", user)) {
            lines.add(
                "user "
                    + user
                    + ", "
                    + row.text("name")
                    + (row.is("gamer", 1) ? ", games her feed" : ""));
            lines.add(placed("starts at", catalog, row));
          }
        });
    if (lines.isEmpty()) {
      throw new InputException("--user", "there is no user " + user + " in " + run);
    }
    String[] end = new String[1];
    rows(
        "trajectories.csv",
        row -> {
          if (row.is("user", user)) {
            end[0] = placed("step " + row.text("step"), catalog, row);
          }
        });
    lines.add(String.valueOf(end[0]));
    lines.add("picks:");
    rows(
        "impressions.csv",
        row -> {
          if (row.is("user", user) && row.is("chosen", 1)) {
            int item = row.item(catalog);
            lines.add(
                "  step %s, place %s: %s"
                    .formatted(row.text("step"), row.text("rank"), name(catalog, item)));
          }
        });
    lines.forEach(out::println);
  }

  private void item(ItemCatalog catalog, String wanted, PrintWriter out) {
    int item = ordinal(catalog, wanted);
    out.println(name(catalog, item) + (item == catalog.promoted() ? ", advertised" : ""));
    out.println(wrapped(place(catalog, item), 0));
    if (run != null) {
      int picture = catalog.picture(item);
      long[] counts = new long[2];
      long[] advertised = new long[2];
      rows(
          "impressions.csv",
          row -> {
            boolean same = catalog.picture(row.item(catalog)) == picture;
            count(row, same, counts);
            count(row, same && row.is("ad", 1), advertised);
          });
      out.printf(Locale.ROOT, "shown %,d times, picked %,d times%n", counts[0], counts[1]);
      if (advertised[0] > 0) {
        out.printf(
            Locale.ROOT,
            "as an advertisement: shown %,d times, picked %,d times%n",
            advertised[0],
            advertised[1]);
      }
    }
  }

  private void author(ItemCatalog catalog, String wanted, PrintWriter out) {
    int author = catalog.authors().indexOf(wanted);
    if (author < 0) {
      throw new InputException(
          "--author",
          "unknown author " + wanted + "; there are " + String.join(", ", catalog.authors()));
    }
    int[] items =
        IntStream.range(0, catalog.size()).filter(i -> catalog.author(i) == author).toArray();
    out.printf(
        Locale.ROOT,
        "%s: %,d %s, %.1f %% of the catalogue%n",
        wanted,
        items.length,
        items.length == 1 ? "item" : "items",
        100.0 * items.length / catalog.size());
    if (run != null) {
      long[] hers = new long[2];
      long[] all = new long[2];
      rows(
          "impressions.csv",
          row -> {
            count(row, catalog.author(row.item(catalog)) == author, hers);
            count(row, true, all);
          });
      out.printf(
          Locale.ROOT,
          "%.1f %% of what was shown, %.1f %% of what was picked%n",
          100.0 * hers[0] / Math.max(1, all[0]),
          100.0 * hers[1] / Math.max(1, all[1]));
    }
    IntStream.of(items)
        .limit(LISTED)
        .forEach(
            item ->
                out.println(wrapped("  " + name(catalog, item) + ": " + place(catalog, item), 6)));
    if (items.length > LISTED) {
      out.printf(Locale.ROOT, "  and %,d more%n", items.length - LISTED);
    }
  }

  private static void count(RunTable.Row row, boolean counts, long[] shownAndPicked) {
    if (counts) {
      shownAndPicked[0]++;
      shownAndPicked[1] += row.is("chosen", 1) ? 1 : 0;
    }
  }

  private static int ordinal(ItemCatalog catalog, String wanted) {
    for (int item = 0; item < catalog.size(); item++) {
      if (catalog.name(item).equals(wanted)) {
        return item;
      }
    }
    try {
      int item = Integer.parseInt(wanted);
      if (item >= 0 && item < catalog.size()) {
        return item;
      }
    } catch (NumberFormatException e) {
      throw new InputException("--item", "there is no item named " + wanted, e);
    }
    throw new InputException(
        "--item", "there is no item " + wanted + " among " + catalog.size() + " items");
  }

  private static String name(ItemCatalog catalog, int item) {
    return "item "
        + item
        + ", "
        + catalog.name(item)
        + " by "
        + catalog.authors().get(catalog.author(item));
  }

  private static String place(ItemCatalog catalog, int item) {
    float[] row = new float[catalog.dimensions()];
    catalog.read(item, row);
    return IntStream.range(0, row.length)
        .mapToObj(j -> catalog.attributes().get(j) + TIE + row[j])
        .collect(Collectors.joining(", "));
  }

  /** Text in lines, in which no number is parted from its name. */
  private static String wrapped(String text, int indent) {
    return Paragraph.wrapped(text, indent).replace(TIE, ' ');
  }

  /** A line of what a row of users says, numbers to three places. */
  private static String placed(String label, ItemCatalog catalog, RunTable.Row row) {
    return wrapped(
        catalog.attributes().stream()
            .map(
                attribute ->
                    attribute + TIE + String.format(Locale.ROOT, "%.3f", row.number(attribute)))
            .collect(Collectors.joining(", ", String.format("%-10s ", label), "")),
        11);
  }

  private void rows(String table, Consumer<RunTable.Row> reader) {
    new RunTable(Objects.requireNonNull(run), table).forEach(reader);
  }
}
