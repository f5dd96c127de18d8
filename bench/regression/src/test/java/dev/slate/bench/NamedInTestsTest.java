package dev.slate.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slate.bench.compare.CompareCommand;
import dev.slate.bench.gate.GateCommand;
import dev.slate.bench.history.HistoryCommand;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** Every option and every public method is named by a test of this module. */
class NamedInTestsTest {
  private static final Set<String> OF_EVERY_COMMAND = Set.of("--help", "--version");

  /** Of every object, enum or record, and those that picocli calls. */
  private static final Set<String> OF_EVERY_CLASS =
      Set.of("toString", "hashCode", "equals", "compareTo", "valueOf", "values", "call", "close");

  @Test
  void everyOption() throws IOException {
    String tests = tests();
    List<String> unnamed = new ArrayList<>();
    for (Object command : List.of(new CompareCommand(), new GateCommand(), new HistoryCommand())) {
      for (CommandLine line : withSubcommands(new CommandLine(command))) {
        for (CommandLine.Model.OptionSpec option : line.getCommandSpec().options()) {
          String name = option.longestName();
          if (!OF_EVERY_COMMAND.contains(name)
              && !Pattern.compile(Pattern.quote(name) + "[ \"]").matcher(tests).find()) {
            unnamed.add(line.getCommandName() + " " + name);
          }
        }
      }
    }
    assertEquals(List.of(), unnamed);
  }

  @Test
  void everyPublicMethod() throws IOException {
    String tests = tests();
    List<String> unnamed = new ArrayList<>();
    List<Class<?>> classes = classes();
    assertTrue(classes.size() > 40, () -> classes.size() + " classes");
    for (Class<?> type : classes) {
      for (Method method : type.getDeclaredMethods()) {
        String name = method.getName();
        if (Modifier.isPublic(method.getModifiers())
            && Modifier.isPublic(type.getModifiers())
            && !method.isSynthetic()
            && !OF_EVERY_CLASS.contains(name)
            && !isAccessor(type, method)
            && !Pattern.compile("\\b" + name + "\\(|::" + name + "\\b").matcher(tests).find()) {
          unnamed.add(type.getSimpleName() + "." + name);
        }
      }
    }
    assertEquals(List.of(), unnamed.stream().sorted().toList());
  }

  private static boolean isAccessor(Class<?> type, Method method) {
    return type.isRecord()
        && Arrays.stream(type.getRecordComponents())
            .anyMatch(component -> component.getAccessor().equals(method));
  }

  private static List<CommandLine> withSubcommands(CommandLine line) {
    List<CommandLine> all = new ArrayList<>(List.of(line));
    line.getSubcommands().values().forEach(sub -> all.addAll(withSubcommands(sub)));
    return all;
  }

  private static List<Class<?>> classes() throws IOException {
    Path root =
        Path.of(CompareCommand.class.getProtectionDomain().getCodeSource().getLocation().getPath());
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .map(file -> root.relativize(file).toString())
          .filter(name -> name.endsWith(".class") && !name.contains("TurnProfiler"))
          .map(name -> name.substring(0, name.length() - 6).replace(File.separatorChar, '.'))
          .<Class<?>>map(NamedInTestsTest::load)
          .toList();
    }
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(name);
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }

  private static String tests() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src", "test", "java"))) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .map(NamedInTestsTest::read)
          .collect(Collectors.joining("\n"));
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
