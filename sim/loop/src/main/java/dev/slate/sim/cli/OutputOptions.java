package dev.slate.sim.cli;

import dev.slate.data.InputException;
import dev.slate.data.OutputFolder;
import dev.slate.sim.ItemCatalog;
import dev.slate.sim.report.TableFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of the output folder and its files. */
final class OutputOptions {
  static final String SUMMARY = "summary.json";
  static final String REPORT = "report.html";

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "Writes report.html, summary.json and the tables trajectories.csv, impressions.csv,"
              + " items.csv and users.csv here.")
  private @Nullable Path out;

  @Option(
      names = "--every",
      defaultValue = "1",
      paramLabel = "N",
      converter = SuffixedCountConverter.class,
      description =
          "Thins the tables of steps to each N-th one; 0 leaves all tables out (default: 1).")
  private int every;

  @Option(
      names = "--images",
      paramLabel = "DIR",
      description = "Pictures of the items, by name, for the report.")
  private @Nullable Path images;

  private final Deque<OutputFolder> folders = new ArrayDeque<>();

  @Nullable Path directory() {
    return out == null ? null : created(out);
  }

  /**
   * The files that a run writes.
   *
   * @param folders of the tables, in the output folder
   */
  Stream<Path> written(List<String> folders) {
    Path folder = out;
    if (folder == null) {
      return Stream.empty();
    }
    Stream<Path> tables =
        folders.stream().flatMap(of -> TableFiles.NAMES.stream().map(folder.resolve(of)::resolve));
    Stream<Path> own = Stream.of(SUMMARY, REPORT).map(folder::resolve);
    return every == 0 ? own : Stream.concat(own, tables);
  }

  @Nullable Path images() {
    if (images != null && !Files.isDirectory(images)) {
      throw new InputException(images.toString(), "is not a directory");
    }
    return images;
  }

  @Nullable TableFiles tables(
      @Nullable Path directory, ItemCatalog catalog, int steps, StartingUsers users) {
    if (directory == null || OptionChecks.atLeast(0, "--every", every) == 0) {
      return null;
    }
    return new TableFiles(created(directory), catalog, every, steps, users::name);
  }

  private Path created(Path directory) {
    OutputFolder folder = OutputFolder.create(directory);
    folders.push(folder);
    return directory;
  }

  /** Deletes the folders that were made and into which nothing was written. */
  void close() {
    while (!folders.isEmpty()) {
      folders.pop().close();
    }
  }
}
