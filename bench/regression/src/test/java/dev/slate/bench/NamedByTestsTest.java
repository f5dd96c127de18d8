package dev.slate.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slate.bench.compare.CompareCommand;
import dev.slate.bench.gate.GateCommand;
import dev.slate.bench.history.HistoryCommand;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Every option of the commands and every public method of their packages is named by a test. To be
 * named is not to be tested, but what no test names is not.
 */
class NamedByTestsTest {
  private static final Set<String> OF_EVERY_OBJECT =
      Set.of("equals", "hashCode", "toString", "values", "valueOf");

  /** What somebody else calls. */
  private static final Map<String, String> CALLED =
      Map.of(
          "call", "picocli calls it for each command line of a test",
          "beforeIteration", "JMH calls it in the forks of GateCommandTest",
          "afterIteration", "JMH calls it in the forks of GateCommandTest",
          "getDescription", "JMH prints it",
          "checkSupport", "JMH before 1.10 calls it",
          "label", "JMH before 1.10 calls TurnProfiler's; ResultsTest names the metric's");

  private static String tests() throws IOException {
    List<String> texts = new ArrayList<>();
    try (Stream<Path> files = Files.walk(Path.of("src", "test", "java"))) {
      for (Path file : files.filter(each -> each.toString().endsWith(".java")).toList()) {
        if (!file.endsWith("NamedByTestsTest.java")) {
          texts.add(Files.readString(file));
        }
      }
    }
    return String.join("\n", texts);
  }

  private static Set<String> unnamed(CommandLine command, String text) {
    Set<String> unnamed = new TreeSet<>();
    for (OptionSpec option : command.getCommandSpec().options()) {
      if (!option.usageHelp()
          && !option.versionHelp()
          && Stream.of(option.names()).noneMatch(name -> isOption(name, text))) {
        unnamed.add(command.getCommandName() + " " + option.longestName());
      }
    }
    command.getSubcommands().values().forEach(sub -> unnamed.addAll(unnamed(sub, text)));
    return unnamed;
  }

  private static boolean isOption(String name, String text) {
    return Pattern.compile("(?<![\\w-])" + Pattern.quote(name) + "(?![\\w-])").matcher(text).find();
  }

  @Test
  void everyOption() throws IOException {
    String text = tests();
    for (Object command : List.of(new CompareCommand(), new GateCommand(), new HistoryCommand())) {
      assertEquals(Set.of(), unnamed(new CommandLine(command), text));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"compare", "gate", "history", "provenance", "results"})
  void everyPublicMethod(String folder) throws Exception {
    assertEquals(Set.of(), unnamed(publicTypes(folder), tests()));
  }

  private static Set<String> unnamed(List<Class<?>> types, String text) {
    assertTrue(types.size() > 1, types::toString);
    Set<String> unnamed = new TreeSet<>();
    for (Class<?> type : types) {
      for (Method method : type.getDeclaredMethods()) {
        String name = method.getName();
        if (Modifier.isPublic(method.getModifiers())
            && !method.isSynthetic()
            && !OF_EVERY_OBJECT.contains(name)
            && !CALLED.containsKey(name)
            && !isNamed(name, text)) {
          unnamed.add(type.getSimpleName() + "." + name);
        }
      }
    }
    return unnamed;
  }

  private static boolean isNamed(String method, String text) {
    return Pattern.compile("(\\.|::|\\b)" + method + "\\b").matcher(text).find();
  }

  @Test
  void whatNobodyNamesIsFound() {
    assertEquals(
        Set.of("<main class> --fresh"),
        unnamed(new CommandLine(new Probe()), "--threads 2 --fresher -fresh"));
    assertEquals(Set.of("Probe.left"), unnamed(List.of(Probe.class, Probe.class), "leftover()"));
  }

  /** A command with an option and a method that no test would name. */
  @CommandLine.Command
  public static final class Probe {
    @CommandLine.Option(names = "--fresh")
    boolean unusedFresh;

    @CommandLine.Option(names = {"-t", "--threads"})
    int unusedThreads;

    /** Does nothing. */
    public void left() {}
  }

  private static List<Class<?>> publicTypes(String folder)
      throws IOException, URISyntaxException, ClassNotFoundException {
    Path classes =
        Path.of(GateCommand.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    List<Class<?>> types = new ArrayList<>();
    try (Stream<Path> files = Files.list(classes.resolve("dev/slate/bench").resolve(folder))) {
      for (Path file : files.filter(each -> each.toString().endsWith(".class")).toList()) {
        String simple = file.getFileName().toString().replace(".class", "");
        Class<?> type =
            Class.forName(
                "dev.slate.bench." + folder + "." + simple,
                false,
                GateCommand.class.getClassLoader());
        if (Modifier.isPublic(type.getModifiers()) && !simple.equals("package-info")) {
          types.add(type);
        }
      }
    }
    return types;
  }
}
