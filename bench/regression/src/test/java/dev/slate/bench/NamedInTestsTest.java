package dev.slate.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.slate.bench.compare.CompareCommand;
import dev.slate.bench.gate.GateCommand;
import dev.slate.bench.history.HistoryCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** Every option is named by a test of this module. */
class NamedInTestsTest {
  private static final Set<String> OF_EVERY_COMMAND = Set.of("--help", "--version");

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

  private static List<CommandLine> withSubcommands(CommandLine line) {
    List<CommandLine> all = new ArrayList<>(List.of(line));
    line.getSubcommands().values().forEach(sub -> all.addAll(withSubcommands(sub)));
    return all;
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
