package dev.slate.bench.run;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.slate.bench.report.DataFile;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.openjdk.jmh.results.BenchmarkResult;

/**
 * The forks of a run that is not complete, each in a file, as JMH sends them from the fork to its
 * parent. A run that starts in the same directory with the same plan goes on with them.
 */
final class SavedForks {
  private static final String PLAN = "plan.txt";
  private static final JsonMapper JSON = new JsonMapper();
  private static final ObjectInputFilter FILTER =
      ObjectInputFilter.Config.createFilter("maxdepth=50;org.openjdk.jmh.**;java.base/*;!*");

  private final Path directory;

  private SavedForks(Path directory) {
    this.directory = directory;
  }

  /**
   * Opens the directory for a plan. What another plan left there goes.
   *
   * @param directory created where it is missing
   * @param plan everything that the results depend on
   */
  static SavedForks open(Path directory, String plan) throws IOException {
    Path file = directory.resolve(PLAN);
    if (!Files.exists(file) || !Files.readString(file).equals(plan)) {
      delete(directory);
      Files.createDirectories(directory);
      Files.writeString(file, plan);
    }
    return new SavedForks(directory);
  }

  /** Number of forks that are there. */
  int count() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return (int) files.filter(file -> file.toString().endsWith(".fork")).count();
    }
  }

  Optional<BenchmarkResult> load(Case asked, int fork) {
    Path file = file(asked, fork);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
      in.setObjectInputFilter(FILTER);
      return Optional.of((BenchmarkResult) in.readObject());
    } catch (IOException | ClassNotFoundException | ClassCastException e) {
      return Optional.empty();
    }
  }

  void save(Case asked, int fork, BenchmarkResult result) throws IOException {
    Path file = file(asked, fork);
    Path beside = file.resolveSibling(file.getFileName() + ".tmp");
    try (ObjectOutputStream out =
        new ObjectOutputStream(new BufferedOutputStream(Files.newOutputStream(beside)))) {
      out.writeObject(result);
    }
    Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Keeps what is known about the files of a data set. */
  void saveData(String key, List<DataFile> files) throws IOException {
    JSON.writeValue(data(directory, key).toFile(), files);
  }

  /** What is known about the files of a data set; empty where none has been made. */
  List<DataFile> data(String key) throws IOException {
    Path file = data(directory, key);
    return Files.exists(file)
        ? List.of(JSON.readValue(file.toFile(), DataFile[].class))
        : List.of();
  }

  private static Path data(Path directory, String key) {
    return directory.resolve(key + ".data.json");
  }

  /** Forgets all: the run is complete. */
  void clear() throws IOException {
    delete(directory);
  }

  private Path file(Case asked, int fork) {
    return directory.resolve(asked.key() + "-" + fork + ".fork");
  }

  static void delete(Path directory) throws IOException {
    if (Files.exists(directory)) {
      try (Stream<Path> files = Files.walk(directory)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
