package dev.slate.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.slate.data.cli.BuildCommand;
import dev.slate.data.cli.DataCommand;
import dev.slate.data.cli.SearchCommand;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** Each option of the commands, and each public method of the library, is named by a test. */
class NamedByTestsTest {
  private static final Set<String> OF_EVERY_CLASS =
      Set.of("equals", "hashCode", "toString", "values", "valueOf", "close");

  private final String tests = tests();

  private static String tests() {
    try (Stream<Path> files = Files.walk(Path.of("src", "test", "java"))) {
      StringBuilder text = new StringBuilder();
      for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
        if (!file.endsWith("NamedByTestsTest.java")) {
          text.append(Files.readString(file));
        }
      }
      return text.toString();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void options() {
    Set<String> unnamed = new TreeSet<>();
    collect(new CommandLine(new SearchCommand()), unnamed);
    collect(new CommandLine(new BuildCommand()), unnamed);
    collect(new CommandLine(new DataCommand()), unnamed);
    assertEquals(Set.of(), unnamed);
  }

  private void collect(CommandLine command, Set<String> unnamed) {
    for (OptionSpec option : command.getCommandSpec().options()) {
      boolean standard = option.usageHelp() || option.versionHelp();
      if (!standard
          && Stream.of(option.names()).noneMatch(name -> tests.contains('"' + name + '"'))) {
        unnamed.add(command.getCommandName() + " " + option.longestName());
      }
    }
    command.getSubcommands().values().forEach(inner -> collect(inner, unnamed));
  }

  @Test
  void publicMethods() throws Exception {
    Set<String> unnamed = new TreeSet<>();
    List<Class<?>> classes = publicClasses();
    assertFalse(classes.isEmpty());
    for (Class<?> type : classes) {
      for (Method method : type.getDeclaredMethods()) {
        String name = method.getName();
        if (Modifier.isPublic(method.getModifiers())
            && !method.isSynthetic()
            && !OF_EVERY_CLASS.contains(name)
            && !Pattern.compile("(\\b|::)" + name + "\\b").matcher(tests).find()) {
          unnamed.add(type.getSimpleName() + "." + name);
        }
      }
    }
    assertEquals(Set.of(), unnamed);
  }

  private static List<Class<?>> publicClasses() throws IOException, URISyntaxException {
    Path folder =
        Path.of(Vectors.class.getProtectionDomain().getCodeSource().getLocation().toURI())
            .resolve("dev/slate/data");
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".class") && !name.equals("package-info.class"))
          .<Class<?>>map(name -> load("dev.slate.data." + name.substring(0, name.length() - 6)))
          .filter(type -> Modifier.isPublic(type.getModifiers()))
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
}
