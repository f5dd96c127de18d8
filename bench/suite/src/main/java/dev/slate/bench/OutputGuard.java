package dev.slate.bench;

import dev.slate.data.FolderFiles;
import dev.slate.data.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * Keeps a command from replacing a file that it reads.
 *
 * <p>{@code --out} names what is written; every other text or path on the command line that names a
 * file counts as read, so that a new option is guarded without being listed (one of a group is
 * not). {@link FolderFiles} lists what a command reads or writes in a folder. A device or a pipe is
 * written to, not replaced.
 */
final class OutputGuard {
  private static final String OUT = "--out";

  private OutputGuard() {}

  /**
   * Looks at a command before it runs.
   *
   * @param parsed its command line
   * @throws InputException if it would replace one of its inputs, by whatever name
   */
  static void check(ParseResult parsed) {
    ParseResult innermost = parsed;
    while (innermost.hasSubcommand()) {
      innermost = innermost.subcommand();
    }
    CommandSpec command = innermost.commandSpec();
    if (innermost.isUsageHelpRequested() || innermost.isVersionHelpRequested()) {
      return;
    }
    List<Path> written =
        files(command, OutputGuard::isOutput, FolderFiles::written)
            .filter(Files::isRegularFile)
            .toList();
    if (written.isEmpty()) {
      return;
    }
    files(command, argument -> !isOutput(argument), FolderFiles::read)
        .filter(Files::exists)
        .forEach(input -> written.forEach(output -> requireOther(output, input)));
  }

  private static boolean isOutput(ArgSpec argument) {
    return argument instanceof OptionSpec option && option.longestName().equals(OUT);
  }

  private static Stream<Path> files(
      CommandSpec command,
      Predicate<ArgSpec> choice,
      Function<FolderFiles, Stream<Path>> inFolders) {
    Stream<Path> named =
        command.args().stream()
            .filter(choice)
            .filter(argument -> argument.group() == null) // Without a value it has no owner to ask.
            .flatMap(argument -> words(argument.getValue()))
            .flatMap(OutputGuard::paths);
    Stream<Path> inside =
        command.userObject() instanceof FolderFiles folders
            ? inFolders.apply(folders)
            : Stream.empty();
    return Stream.concat(named, inside);
  }

  private static Stream<String> words(@Nullable Object value) {
    if (value instanceof Collection<?> several) {
      return several.stream().flatMap(OutputGuard::words);
    }
    return value instanceof String || value instanceof Path
        ? Stream.of(value.toString())
        : Stream.empty();
  }

  /**
   * The files that a word may mean: itself, what is before its last colon (FILE:DATASET), and what
   * is behind its first (READER:FILE).
   */
  private static Stream<Path> paths(String word) {
    Stream<String> names =
        word.indexOf(':') < 0
            ? Stream.of(word)
            : Stream.of(
                word,
                word.substring(0, word.lastIndexOf(':')),
                word.substring(word.indexOf(':') + 1));
    return names.flatMap(OutputGuard::path);
  }

  private static Stream<Path> path(String name) {
    try {
      return Stream.of(Path.of(name));
    } catch (InvalidPathException e) {
      return Stream.empty(); // Whoever opens it says more.
    }
  }

  private static void requireOther(Path output, Path input) {
    try {
      if (Files.isSameFile(output, input)) {
        throw new InputException(
            output.toString(), "is read by this command, and its output would replace it");
      }
    } catch (IOException e) {
      // Whoever opens it says more.
    }
  }
}
