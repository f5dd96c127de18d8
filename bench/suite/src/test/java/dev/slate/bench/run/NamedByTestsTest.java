package dev.slate.bench.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.slate.bench.doctor.DoctorCommand;
import dev.slate.bench.planner.PlannerCommand;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
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
  private static final Path TESTS = Path.of("src", "test", "java", "dev", "slate", "bench");

  /** What somebody else calls, in every fork or every report. */
  private static final Map<String, String> CALLED =
      Map.of(
          "getDescription", "JMH prints it",
          "beforeIteration", "JMH calls it in the forks of BenchCommandTest",
          "besideStream", "JMH calls it before each operation of a fork",
          "observe", "BenchCommandTest reads B/op, which it is for",
          "afterIteration", "JMH calls it in the forks of BenchCommandTest");

  private static final Set<String> OF_EVERY_OBJECT =
      Set.of("equals", "hashCode", "toString", "values", "valueOf");

  private static String tests(String packages) throws IOException {
    try (Stream<Path> files = Files.walk(TESTS.resolve(packages))) {
      List<String> texts = new ArrayList<>();
      for (Path file : files.filter(each -> each.toString().endsWith(".java")).toList()) {
        if (!file.endsWith("NamedByTestsTest.java")) {
          texts.add(Files.readString(file));
        }
      }
      return String.join("\n", texts);
    }
  }

  private static List<String> unnamed(Object command, String text) {
    return new CommandLine(command)
        .getCommandSpec().options().stream()
            .filter(option -> !option.usageHelp() && !option.versionHelp())
            .filter(option -> !named(option, text))
            .map(OptionSpec::longestName)
            .toList();
  }

  private static boolean named(OptionSpec option, String text) {
    return Arrays.stream(option.names())
        .anyMatch(
            name ->
                Pattern.compile("(?<![\\w-])" + Pattern.quote(name) + "(?![\\w-])")
                    .matcher(text)
                    .find());
  }

  @Test
  void everyOption() throws IOException {
    assertEquals(List.of(), unnamed(new BenchCommand(), tests("run")));
    assertEquals(List.of(), unnamed(new PlannerCommand(), tests("planner")));
    assertEquals(List.of(), unnamed(new DoctorCommand(), tests("doctor")));
  }

  @Test
  void anOptionThatNobodyNamesIsFound() {
    assertEquals(List.of("--fresh"), unnamed(new Probe(), "--threads 2 --fresher -fresh"));
  }

  @CommandLine.Command
  private static final class Probe {
    @CommandLine.Option(names = "--fresh")
    boolean unusedFresh;

    @CommandLine.Option(names = {"-t", "--threads"})
    int unusedThreads;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"dataset", "suite", "run", "peers", "report", "roofline", "doctor", "planner"})
  void everyPublicMethod(String name) throws Exception {
    String text = tests("");
    List<String> missing = new ArrayList<>();
    for (Class<?> type : publicTypes(name)) {
      Set<String> components =
          type.isRecord()
              ? Arrays.stream(type.getRecordComponents())
                  .map(RecordComponent::getName)
                  .collect(Collectors.toSet())
              : Set.of();
      for (Method method : type.getDeclaredMethods()) {
        String called = method.getName();
        boolean counts =
            Modifier.isPublic(method.getModifiers())
                && !method.isSynthetic()
                && !components.contains(called)
                && !OF_EVERY_OBJECT.contains(called)
                && !CALLED.containsKey(called);
        if (counts && !Pattern.compile("(\\.|::|\\b)" + called + "\\b").matcher(text).find()) {
          missing.add(type.getSimpleName() + "." + called);
        }
      }
    }
    assertEquals(List.of(), missing.stream().distinct().sorted().toList());
  }

  private static List<Class<?>> publicTypes(String name)
      throws IOException, URISyntaxException, ClassNotFoundException {
    Path classes =
        Path.of(BenchCommand.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    String root = "dev.slate.bench." + name;
    List<Class<?>> types = new ArrayList<>();
    try (Stream<Path> files = Files.list(classes.resolve(root.replace('.', '/')))) {
      for (Path file : files.filter(each -> each.toString().endsWith(".class")).toList()) {
        String simple = file.getFileName().toString().replace(".class", "");
        Class<?> type =
            Class.forName(root + "." + simple, false, BenchCommand.class.getClassLoader());
        if (Modifier.isPublic(type.getModifiers()) && !simple.equals("package-info")) {
          types.add(type);
        }
      }
    }
    return types;
  }
}
