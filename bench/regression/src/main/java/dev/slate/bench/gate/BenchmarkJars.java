package dev.slate.bench.gate;

import dev.slate.bench.results.BadInputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.jar.JarFile;
import java.util.regex.PatternSyntaxException;

/**
 * Finds the benchmark jar in a built checkout: the one that holds both JMH's list of benchmarks and
 * JMH itself.
 */
final class BenchmarkJars {
  private BenchmarkJars() {}

  /**
   * Finds jars that run by themselves.
   *
   * @param checkout a built checkout
   * @return those with benchmarks and JMH in them
   */
  static List<Path> in(Path checkout) {
    return walk(
        checkout,
        file ->
            file.toString().endsWith(".jar")
                && has(file, "META-INF/BenchmarkList")
                && has(file, "org/openjdk/jmh/Main.class"));
  }

  /**
   * Finds what the user's pattern names.
   *
   * @param checkout a built checkout
   * @param glob relative to it
   * @return the jars and folders that match
   * @throws BadInputException if it is no glob
   */
  static List<Path> matching(Path checkout, String glob) {
    PathMatcher matcher;
    try {
      matcher = FileSystems.getDefault().getPathMatcher("glob:" + glob);
    } catch (PatternSyntaxException e) {
      throw new BadInputException("--jar", "not a glob: " + e.getDescription(), e);
    }
    return walk(checkout, file -> matcher.matches(checkout.relativize(file)));
  }

  private static List<Path> walk(Path root, Predicate<Path> wanted) {
    List<Path> found = new ArrayList<>();
    try {
      Files.walkFileTree(
          root,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
              if (folder.endsWith(".git") || folder.endsWith("node_modules")) {
                return FileVisitResult.SKIP_SUBTREE;
              }
              if (wanted.test(folder)) {
                found.add(folder);
              }
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              if (wanted.test(file)) {
                found.add(file);
              }
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found;
  }

  private static boolean has(Path jar, String entry) {
    try (JarFile file = new JarFile(jar.toFile())) {
      return file.getEntry(entry) != null;
    } catch (IOException e) {
      return false;
    }
  }
}
