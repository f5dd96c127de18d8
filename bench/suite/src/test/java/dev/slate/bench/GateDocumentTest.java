package dev.slate.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** GATE.md and the examples for CI: their YAML is YAML, their shell is shell, their options are. */
class GateDocumentTest {
  private static final Path DOCUMENT = Path.of("..", "GATE.md");
  private static final Path GITHUB = Path.of("..", "gate", "github-actions.yml");
  private static final Path GITLAB = Path.of("..", "gate", "gitlab-ci.yml");
  private static final Pattern FENCE = Pattern.compile("(?ms)^```(\\w*)\\n(.*?)^```$");
  private static final Pattern COMMAND =
      Pattern.compile("(?:^|[\\s/])slate ((?:gate|history)\\b.*)");
  private static final Pattern REST = Pattern.compile("\\s(?:#|\\|\\||&&|>>?|;).*");
  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|'([^']*)'|(\\S+)");

  @Test
  void eachStepUsesOrRunsSomething() throws IOException {
    JsonNode root = new YAMLMapper().readTree(GITHUB.toFile());
    JsonNode steps = root.path("jobs").path("gate").path("steps");
    assertTrue(steps.size() > 4);
    steps.forEach(step -> assertTrue(step.has("uses") ^ step.has("run"), step::toString));
    assertEquals("pull_request", root.path("on").asText());
  }

  @Test
  void theJobOfGitlabHasAScript() throws IOException {
    JsonNode job = new YAMLMapper().readTree(GITLAB.toFile()).path("benchmarks");
    assertTrue(job.path("script").isArray() && job.path("before_script").isArray());
    assertEquals(4, job.path("allow_failure").path("exit_codes").asInt());
  }

  @Test
  void everyCommandIsUnderstood() throws IOException {
    List<String> commands = scripts().stream().flatMap(GateDocumentTest::commands).toList();
    assertTrue(commands.size() >= 15, commands::toString);
    String options =
        new YAMLMapper().readTree(GITHUB.toFile()).path("env").path("SLATE_OPTIONS").asText();
    assertTrue(options.startsWith("--"), options);
    for (String command : commands) {
      String[] words = words(command.replace("$SLATE_OPTIONS", options));
      assertEquals(List.of(), Main.commandLine().parseArgs(words).unmatched(), command);
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void everyScriptParses() throws IOException, InterruptedException {
    for (String script : scripts()) {
      Process shell =
          new ProcessBuilder("sh", "-n", "-c", script.replaceAll("\\$\\{\\{.*?}}", "x"))
              .inheritIO()
              .start();
      assertEquals(0, shell.waitFor(), script);
    }
  }

  /** No step needs Maven but the user's own build. */
  @Test
  void theReleaseNeedsNoMaven() throws IOException {
    assertTrue(scriptsIn(GITHUB).stream().noneMatch(script -> script.contains("mvn")));
    assertTrue(scriptsIn(GITLAB).stream().noneMatch(script -> script.contains("mvn")));
  }

  private static List<String> scripts() throws IOException {
    List<String> scripts = new ArrayList<>(scriptsIn(GITHUB));
    scripts.addAll(scriptsIn(GITLAB));
    Matcher fences = FENCE.matcher(Files.readString(DOCUMENT));
    while (fences.find()) {
      if (fences.group(1).equals("yaml")) {
        collect(new YAMLMapper().readTree(fences.group(2)), scripts);
      } else if (fences.group(1).isEmpty()) {
        scripts.add(fences.group(2));
      }
    }
    return scripts;
  }

  private static List<String> scriptsIn(Path yaml) throws IOException {
    List<String> scripts = new ArrayList<>();
    collect(new YAMLMapper().readTree(yaml.toFile()), scripts);
    return scripts;
  }

  /** Adds what is to be run: the texts under the keys of either CI. */
  private static void collect(JsonNode node, List<String> scripts) {
    node.forEach(child -> collect(child, scripts));
    for (String key : List.of("run", "script", "before_script")) {
      JsonNode found = node.path(key);
      if (found.isTextual()) {
        scripts.add(found.asText());
      }
      found.forEach(line -> scripts.add(line.asText()));
    }
  }

  private static Stream<String> commands(String script) {
    return script
        .lines()
        .flatMap(line -> COMMAND.matcher(line).results().map(match -> match.group(1)))
        .map(command -> REST.matcher(command).replaceFirst(""));
  }

  private static String[] words(String command) {
    return WORD.matcher(command)
        .results()
        .map(match -> Stream.of(1, 2, 3).map(match::group).filter(g -> g != null).findFirst())
        .map(word -> word.orElseThrow().replace("@bench/", "@../").replace("@gate.args", ""))
        .filter(word -> !word.isEmpty())
        .collect(Collectors.toList())
        .toArray(String[]::new);
  }
}
