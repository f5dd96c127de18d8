package dev.slate.bench.gate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slate.bench.provenance.MachineFacts;
import dev.slate.bench.results.AtomicFile;
import dev.slate.bench.results.BadInputException;
import dev.slate.bench.results.WholeFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps the results of a baseline with the machine that they are of: in a folder, or in a git ref,
 * which travels with {@code git push} and {@code git fetch}. A ref holds one commit with one file.
 *
 * <pre>
 * {"format": "slate-baseline", "version": 1, "name": "main", "machine": "...", "runs": [JMH's]}
 * </pre>
 *
 * @param where a folder, or a ref that begins with {@code refs/}
 * @param project a folder in the git repository of the ref
 */
record BaselineStore(String where, Path project) {
  /** The ref that is used where nothing is said. */
  static final String DEFAULT = "refs/slate/baseline";

  private static final String OPTION = "--store";
  private static final String FORMAT = "slate-baseline";
  private static final String FILE = "baseline.json";
  private static final int VERSION = 1;
  private static final JsonMapper MAPPER = new JsonMapper();

  /**
   * What is kept.
   *
   * @param name of the code that was measured
   * @param machine its fingerprint
   * @param runs of JMH
   */
  record Stored(String name, String machine, JsonNode runs) {}

  /**
   * Keeps results of this machine.
   *
   * @param name of the code that was measured
   * @param runs of JMH
   * @throws BadInputException if they cannot be written
   */
  void write(String name, JsonNode runs) {
    ObjectNode root = MAPPER.createObjectNode();
    root.put("format", FORMAT).put("version", VERSION).put("name", name);
    root.put("machine", MachineFacts.fingerprint());
    root.set("runs", runs);
    String text = root + "\n";
    if (isRef()) {
      String blob = git(text, "hash-object", "-w", "--stdin");
      String tree = git("100644 blob " + blob + "\t" + FILE + "\n", "mktree");
      String commit =
          git(
              "",
              "-c",
              "user.name=slate",
              "-c",
              "user.email=slate@localhost",
              "commit-tree",
              tree,
              "-m",
              "Results of " + name);
      git("", "update-ref", where, commit);
      return;
    }
    try {
      Files.createDirectories(Path.of(where));
    } catch (IOException e) {
      throw BadInputException.notWritten(where, e);
    }
    AtomicFile.write(Path.of(where, FILE).toString(), text);
  }

  /**
   * Reads what was kept on this machine.
   *
   * @return name and runs
   * @throws BadInputException if there is nothing, or it is of another machine
   */
  Stored read() {
    JsonNode root = parsed(isRef() ? git("", "cat-file", "blob", where + ":" + FILE) : file());
    if (!root.path("format").asText().equals(FORMAT) || root.path("version").asInt() != VERSION) {
      throw new BadInputException(where, "is no baseline that this version of Slate stored");
    }
    String machine = root.path("machine").asText();
    String here = MachineFacts.fingerprint();
    if (!machine.equals(here)) {
      throw new BadInputException(
          where,
          "was measured on another machine ("
              + machine
              + ", here "
              + here
              + "); slate gate --store-baseline measures it here");
    }
    return new Stored(root.path("name").asText(), machine, root.path("runs"));
  }

  private boolean isRef() {
    return where.startsWith("refs/");
  }

  private JsonNode parsed(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new BadInputException(where, "is damaged: not JSON", e);
    }
  }

  private String file() {
    try {
      String file = Path.of(where, FILE).toString();
      return new String(WholeFile.read(file), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw nothing(e);
    }
  }

  private BadInputException nothing(Exception cause) {
    return new BadInputException(
        where, "holds no baseline; slate gate --store-baseline makes one", cause);
  }

  private String git(String input, String... arguments) {
    List<String> command = new ArrayList<>(List.of("git", "-C", project.toString()));
    command.addAll(List.of(arguments));
    try {
      Path error = Files.createTempFile("slate-git", ".txt");
      try {
        Process git = new ProcessBuilder(command).redirectError(error.toFile()).start();
        git.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
        git.getOutputStream().close();
        String said =
            new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (git.waitFor() == 0) {
          return said;
        }
        if (List.of(arguments).contains("cat-file")) {
          throw nothing(new IOException(Files.readString(error)));
        }
        throw new BadInputException(OPTION, "git failed: " + Files.readString(error).strip());
      } finally {
        Files.deleteIfExists(error);
      }
    } catch (IOException e) {
      throw new BadInputException(OPTION, "git cannot be started; is it installed?", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Stopped(true);
    }
  }
}
