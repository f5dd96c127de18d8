package dev.slate.bench.gate;

import dev.slate.bench.results.BadInputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Turns what the user names, a jar, a folder of jars, a git ref or nothing, into jars of its own: a
 * build that goes on in the user's folder does not change what is measured.
 */
final class Sources {
  private final Checkouts checkouts;
  private final Path scratch;

  /**
   * Prepares.
   *
   * @param checkouts builds refs
   * @param scratch a folder for the jars
   */
  Sources(Checkouts checkouts, Path scratch) {
    this.checkouts = checkouts;
    this.scratch = scratch;
  }

  /**
   * Finds the jars of one side.
   *
   * @param option that named it, for messages
   * @param named a jar, a folder of jars or a git ref; null for the working tree
   * @param arm whose folder they go to
   * @return the jars
   * @throws BadInputException if it is none of these, or does not build
   */
  SideJars resolve(String option, @Nullable String named, Arm arm) {
    if (named == null) {
      return copy("working tree", checkouts.workingTree(option), arm);
    }
    Path path = Path.of(named);
    if (Files.isDirectory(path) && !jarsIn(path).isEmpty()) {
      return copy(named, path, arm);
    }
    if (Files.isRegularFile(path)) {
      if (!isJar(path)) {
        throw new BadInputException(named, "not a jar");
      }
      return copy(named, path, arm);
    }
    return copy(named, checkouts.ref(option, named), arm);
  }

  /**
   * The same jars once more, in a folder of their own.
   *
   * @param subject whose
   * @param arm whose folder they go to
   * @return the copy
   */
  SideJars again(SideJars subject, Arm arm) {
    return new SideJars(subject.name(), copies(subject.jars(), arm));
  }

  private SideJars copy(String name, Path jarOrFolder, Arm arm) {
    List<Path> jars =
        Files.isDirectory(jarOrFolder)
            ? jarsIn(jarOrFolder)
            : List.of(jarOrFolder.toAbsolutePath());
    return new SideJars(name, copies(jars, arm));
  }

  private List<Path> copies(List<Path> jars, Arm arm) {
    try {
      Path folder = Files.createDirectories(scratch.resolve(arm.folder()));
      List<Path> copies = new ArrayList<>();
      for (Path jar : jars) {
        if (!isJar(jar)) {
          throw new BadInputException(jar.toString(), "not a jar");
        }
        copies.add(refersToOthers(jar) ? jar : copied(jar, folder));
      }
      return List.copyOf(copies);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path copied(Path jar, Path folder) throws IOException {
    Path copy = folder.resolve(String.valueOf(jar.getFileName()));
    return Files.copy(jar, copy, StandardCopyOption.REPLACE_EXISTING);
  }

  /** A jar whose manifest names others beside it works only where it is. */
  private static boolean refersToOthers(Path jar) throws IOException {
    try (JarFile file = new JarFile(jar.toFile())) {
      Manifest manifest = file.getManifest();
      return manifest != null
          && manifest.getMainAttributes().getValue(Attributes.Name.CLASS_PATH) != null;
    }
  }

  private static List<Path> jarsIn(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".jar"))
          .map(Path::toAbsolutePath)
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isJar(Path file) {
    try (JarFile jar = new JarFile(file.toFile())) {
      jar.getManifest(); // Fails where it is damaged.
      return jar.size() > 0;
    } catch (IOException e) {
      return false;
    }
  }
}
