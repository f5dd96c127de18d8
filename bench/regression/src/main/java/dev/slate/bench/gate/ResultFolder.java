package dev.slate.bench.gate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.slate.bench.results.AtomicFile;
import dev.slate.bench.results.BadInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The folder that {@code --out} names: {@code baseline.json}, {@code candidate.json} and {@code
 * control.json}, JMH's own entries, one for each fork, which {@code slate compare} reads again; and
 * the comparison as {@code gate.json} and {@code gate.md}; where it ran as {@code machine.json}.
 * The forks are written after each turn, so that a run that is cut short leaves what it had.
 */
final class ResultFolder {
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private final @Nullable Path folder;
  private final Map<Arm, ArrayNode> runs = new EnumMap<>(Arm.class);

  /**
   * Makes the folder.
   *
   * @param name the folder, or null to keep nothing
   * @throws BadInputException if it cannot be made
   */
  ResultFolder(@Nullable String name) {
    if (name == null) {
      folder = null;
      return;
    }
    try {
      folder = Files.createDirectories(Path.of(name));
    } catch (IOException e) {
      throw BadInputException.notWritten(name, e);
    }
  }

  /**
   * Adds what JMH wrote of a fork.
   *
   * @param arm whose
   * @param fork an array of runs
   */
  void add(Arm arm, JsonNode fork) {
    ArrayNode all = runs(arm);
    fork.forEach(all::add);
    write(arm.name().toLowerCase(Locale.ROOT) + ".json", all.toPrettyString() + "\n");
  }

  /**
   * What JMH wrote of the forks of an arm.
   *
   * @param arm whose
   * @return an array of runs; empty where there are none
   */
  ArrayNode runs(Arm arm) {
    return runs.computeIfAbsent(arm, any -> MAPPER.createArrayNode());
  }

  /**
   * Writes a file.
   *
   * @param name in the folder
   * @param text all of it
   * @throws BadInputException if it cannot be written
   */
  void write(String name, String text) {
    if (folder != null) {
      AtomicFile.write(folder.resolve(name).toString(), text);
    }
  }
}
